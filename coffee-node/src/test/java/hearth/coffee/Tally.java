package hearth.coffee;

import hearth.common.disk.Steps;
import hearth.common.message.Result;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** What came of all power cuts of one errand with one fate. */
final class Tally {

    private static final List<ToIntFunction<Tally>> COUNTED = List.of(
            tally -> tally.steps,
            tally -> tally.moments,
            tally -> tally.states,
            tally -> tally.runs,
            tally -> tally.none,
            tally -> tally.one,
            tally -> tally.more,
            tally -> tally.cutShort,
            tally -> tally.told,
            tally -> tally.doneAndInterrupted);

    private final Errand errand;
    private final Fate fate;
    private final int undisturbed;
    private final int steps;
    private int moments;
    private int states;
    private int runs;
    private int none;
    private int one;
    private int more;
    private int cutShort;
    private int told;
    private int doneAndInterrupted;

    /** @param undisturbed cups in a run in which the power stayed on */
    Tally(Errand errand, Fate fate, int undisturbed, Steps steps) {
        this.errand = errand;
        this.fate = fate;
        this.undisturbed = undisturbed;
        this.steps = steps.moments() / 2;
    }

    void add(Kitchen kitchen) {
        moments += kitchen.isFirstOfTheMoment() ? 1 : 0;
        states += kitchen.isFirstOfTheMoment() ? kitchen.states() : 0;
        runs++;
        int cups = kitchen.cups().size();
        none += cups == 0 ? 1 : 0;
        one += cups == 1 ? 1 : 0;
        more += cups > 1 ? 1 : 0;
        cutShort += kitchen.cutShort() ? 1 : 0;
        boolean interrupted = kitchen.toldAfterwards(CoffeeTopics.PHASE, "interrupted");
        told += interrupted ? 1 : 0;
        boolean done = kitchen.told().stream()
                .anyMatch(each ->
                        each.topic().equals(Result.TOPIC.name()) && each.words().contains("\"done\""));
        doneAndInterrupted += done && kitchen.toldAfterwards(Result.TOPIC, "interrupted") ? 1 : 0;
    }

    int moments() {
        return moments;
    }

    static String table(List<Tally> all) {
        StringBuilder text = new StringBuilder("""
                | | | cups, power on | steps | power cuts | states of the disk | runs | no cup | one cup | two | \
                cut short | `interrupted` told | told both |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (Tally each : all) {
            text.append("| %s | %s | %d |".formatted(word(each.errand), word(each.fate), each.undisturbed));
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
