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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Car trips with realistic receivers, from the NMEA sentences to the cup: the whole car node and the whole coffee node
 * in virtual time. The verdict of each trip compares the announcements with the true positions. The test compares the
 * table with these verdicts, or renders it again with {@code mvn -pl proving -Pwhole -am test -Dtest=CarTripsDocTest
 * -Dhearth.docs=write -Dsurefire.failIfNoSpecifiedTests=false}. The output of the receivers stays in {@code
 * target/drives}.
 */
@Tag("slow")
class CarTripsDocTest {

    private static final Path RECORDED = Path.of("target", "drives");

    private static final String PAGE = """
            # Car trips: announcements and coffee

            This page shows how well a car announces its arrival: %d simulated car trips, each with one difficulty, and
            the announcements and cups of coffee that they lead to. Repeat it with `bin/verify`, or alone with
            `mvn test -Pwhole -Dtest=CarTripsDocTest -Dsurefire.failIfNoSpecifiedTests=false`.

            Each trip runs second by second in virtual time, from the NMEA sentences of a GPS receiver through the complete
            car node to the complete coffee node. The receivers have realistic errors: not a new random error each second,
            but an error that drifts over minutes, by 3 m in the open, 10 m between walls and 25 m under a roof; some
            receivers are worse. All settings have their default: a car has left when it is more than 2.5 km from home, and
            is announced ten minutes before its arrival or within 1.5 km of home.

            | verdict | meaning | count |
            |---|---|---|
            | right | announced once, about as long before the arrival as it should be | %d |
            | early | announced more than twice as long before the arrival | %d |
            | late | announced less than half as long before the arrival | %d |
            | missed | the car arrived without an announcement | %d |
            | false | announced, but the car did not come home then | %d |
            | silent | no arrival, and no announcement | %d |

            With other random noise, and through gpsd instead of the serial line, the verdicts are the same. After a test
            the NMEA sentences are in `proving/target/drives`; `gpsfake -c 1 FILE` plays one of these files to gpsd.

            *Should be announced* is the best possible time, in minutes before the arrival. *Was announced* lists the actual
            time, the straight-line distance from home at that moment, and the travel time that the car estimated.

            | trip | should be announced | was announced | coffee was ready | verdict | remark |
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
