package hearth.proving;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.ReceiverParsers;
import hearth.common.value.Fix;
import hearth.proving.road.ReceiverOutput;
import hearth.proving.road.TripScenario;
import hearth.proving.road.TripScenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drives with receivers as they are, from the receiver's words to the cup: the whole car and the whole coffee machine, in
 * virtual time. Each is judged by what really happened. The table is held to that, or written anew with {@code mvn -pl
 * simulator -am test -Dtest=CarTripsDocTest -Dhearth.docs=write -Dsurefire.failIfNoSpecifiedTests=false}. What the receivers
 * said is left in {@code target/drives}.
 */
class CarTripsDocTest {

    private static final Path RECORDED = Path.of("target", "drives");

    private static final String PAGE = """
            # Drives, and what the house hears of them

            What becomes of %d drives that have something to get wrong in each. They go, second by second, from the
            sentences that a receiver says on its line through the whole car and the whole coffee machine, in virtual time.
            The receivers err as they do: not each second anew, but wandering for minutes, by 3 m in the open, 10 m between
            walls, 25 m under a roof; some do worse. Settings are as they come: a car has left beyond 2.5 km, and is
            announced ten minutes before it is home or within 1.5 km.

            | verdict | means | count |
            |---|---|---|
            | right | heard once for a coming home, about as long before as a person who knew would say | %d |
            | early | more than twice as long before | %d |
            | late | less than half as long before | %d |
            | missed | home, and nothing was heard | %d |
            | false | announced, and not coming home then | %d |
            | silent | nothing to be heard, and nothing heard | %d |

            With other noise, and through gpsd in the place of the serial line, the verdicts are the same. The sentences
            are in `proving/target/drives` after a test: `gpsfake -c 1 FILE` plays them to a gpsd.

            | drive | to be heard | was heard | coffee was ready | verdict | |
            |---|---|---|---|---|---|
            %s""";

    @TempDir
    private Path stateFolder;

    @Test
    void announcementsAreAsTheTableSays() throws IOException {
        Files.createDirectories(RECORDED);
        List<String> verdicts = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        for (TripScenario outing : TripScenarios.all()) {
            List<String> sentences = new ArrayList<>();
            TripResult trip = runTrip(outing, 1, ReceiverOutput::nmea, sentence -> {
                sentences.add(sentence);
                return ReceiverParsers.nmea(sentence);
            });
            Files.write(RECORDED.resolve(outing.name().replaceAll("[^a-z0-9]+", "-") + ".nmea"), sentences);
            assertThat(trip.verdict())
                    .as(outing.name() + ": " + trip.announcementText())
                    .isEqualTo(outing.verdict());
            verdicts.addAll(List.of(trip.verdict().split(", ", -1)));
            rows.append("| %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            outing.name(),
                            expectedText(outing),
                            trip.announcementText(),
                            trip.cups(),
                            trip.verdict(),
                            outing.comment()));
        }

        RenderedDocs.assertUpToDate(
                "evidence/drives.md",
                PAGE.formatted(
                        TripScenarios.all().size(),
                        Collections.frequency(verdicts, "right"),
                        Collections.frequency(verdicts, "early"),
                        Collections.frequency(verdicts, "late"),
                        Collections.frequency(verdicts, "missed"),
                        Collections.frequency(verdicts, "false"),
                        Collections.frequency(verdicts, "silent"),
                        rows));
    }

    @Test
    void withOtherNoiseTheVerdictsAreTheSame() throws IOException {
        for (TripScenario outing : TripScenarios.all()) {
            TripResult trip = runTrip(outing, 2, ReceiverOutput::nmea, ReceiverParsers::nmea);

            assertThat(trip.verdict())
                    .as(outing.name() + ": " + trip.announcementText())
                    .isEqualTo(outing.verdict());
        }
    }

    @Test
    void throughGpsdTheVerdictsAreTheSame() throws IOException {
        for (TripScenario outing : TripScenarios.all()) {
            TripResult trip = runTrip(outing, 3, ReceiverOutput::gpsd, ReceiverParsers::gpsd);

            assertThat(trip.verdict())
                    .as(outing.name() + ": " + trip.announcementText())
                    .isEqualTo(outing.verdict());
        }
    }

    private TripResult runTrip(
            TripScenario outing,
            long noise,
            Function<ReceiverOutput, String> words,
            Function<String, Optional<Fix>> driver)
            throws IOException {
        return TripResult.run(outing, noise, words.andThen(driver), Files.createTempDirectory(stateFolder, "drive"));
    }

    private static String expectedText(TripScenario outing) {
        return outing.expectedMinutes().isEmpty()
                ? "nothing"
                : outing.expectedMinutes().stream()
                        .map(minutes -> String.format(Locale.ROOT, "%.0f min before", minutes))
                        .collect(joining("<br>"));
    }
}
