package hearth.coffee;

import hearth.common.message.Result;
import hearth.testkit.disk.PowerCutSchedule;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The results of all power cuts for one request with one fault in its delivery. */
final class PowerCutCounts {

    private static final List<ToIntFunction<PowerCutCounts>> COUNTED = List.of(
            counts -> counts.steps,
            counts -> counts.moments,
            counts -> counts.states,
            counts -> counts.runs,
            counts -> counts.none,
            counts -> counts.one,
            counts -> counts.more,
            counts -> counts.cutShort,
            counts -> counts.interruptedPublished,
            counts -> counts.doneAndInterrupted);

    private final BrewRequest request;
    private final DeliveryFault deliveryFault;
    private final int undisturbed;
    private final int steps;
    private int moments;
    private int states;
    private int runs;
    private int none;
    private int one;
    private int more;
    private int cutShort;
    private int interruptedPublished;
    private int doneAndInterrupted;

    /** @param undisturbed cups in a run without a power cut */
    PowerCutCounts(BrewRequest request, DeliveryFault deliveryFault, int undisturbed, PowerCutSchedule steps) {
        this.request = request;
        this.deliveryFault = deliveryFault;
        this.undisturbed = undisturbed;
        this.steps = steps.moments() / 2;
    }

    void add(CoffeeRig rig) {
        moments += rig.isFirstCrashState() ? 1 : 0;
        states += rig.isFirstCrashState() ? rig.states() : 0;
        runs++;
        int cups = rig.relayStarts().size();
        none += cups == 0 ? 1 : 0;
        one += cups == 1 ? 1 : 0;
        more += cups > 1 ? 1 : 0;
        cutShort += rig.cutShort() ? 1 : 0;
        boolean interrupted = rig.receivedAfterRestart(CoffeeTopics.PHASE, "interrupted");
        interruptedPublished += interrupted ? 1 : 0;
        boolean done = rig.received().stream()
                .anyMatch(each -> each.topic().equals(Result.TOPIC.name())
                        && each.payload().contains("\"done\""));
        doneAndInterrupted += done && rig.receivedAfterRestart(Result.TOPIC, "interrupted") ? 1 : 0;
    }

    int moments() {
        return moments;
    }

    static String table(List<PowerCutCounts> all) {
        StringBuilder text = new StringBuilder("""
                | request | case | cups without a power cut | steps | power cuts | disk states | runs | no cup | one cup | \
                two cups | interrupted brews | `interrupted` published | `done` and `interrupted` |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (PowerCutCounts each : all) {
            text.append("| %s | %s | %d |".formatted(word(each.request), word(each.deliveryFault), each.undisturbed));
            COUNTED.forEach(count -> text.append(" %d |".formatted(count.applyAsInt(each))));
            text.append('\n');
        }
        text.append("| all | | |");
        COUNTED.forEach(count ->
                text.append(" %d |".formatted(all.stream().mapToInt(count).sum())));
        return text.append('\n').toString();
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
