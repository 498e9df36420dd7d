package hearth.testkit.disk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the steps of a device: changes of its disk, its outputs and its broker. Each step has two moments, before and
 * after it. The power is cut at one moment, or at several one after the other.
 */
public final class PowerCutSchedule implements CrashingDisk.StepListener {

    private final Deque<Integer> cuts;
    private final boolean counts;
    private final Map<String, Integer> taken = new TreeMap<>();
    private final List<String> cutAt = new ArrayList<>();
    private int moments;

    /**
     * @param cuts the moment of each power cut, counted from zero and again from zero after each cut; none for no power
     *     cut
     */
    public PowerCutSchedule(Integer... cuts) {
        this.cuts = new ArrayDeque<>(Arrays.asList(cuts));
        this.counts = cuts.length == 0;
    }

    @Override
    public void before(String step) {
        moment("before " + step);
    }

    @Override
    public void after(String step) {
        if (counts) {
            taken.merge(step, 1, Integer::sum);
        }
        moment("after " + step);
    }

    /** Number of moments so far, or since the last cut. */
    public int moments() {
        return moments;
    }

    /** How often each step was taken; counted only without power cuts. */
    public Map<String, Integer> taken() {
        return Collections.unmodifiableMap(taken);
    }

    /** Descriptions of the moments at which the power was cut. */
    public List<String> cutAt() {
        return List.copyOf(cutAt);
    }

    private void moment(String when) {
        if (!cuts.isEmpty() && cuts.peek() == moments) {
            cuts.remove();
            cutAt.add(when);
            moments = 0;
            throw new SimulatedPowerCut(when);
        }
        moments++;
    }
}
