package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of a receiver, and which of them are a position. */
class NmeaTest {

    private static final Offset<Double> A_DECIMETRE = Offset.offset(1e-6);

    @Test
    void aFixIsAPositionAndAnError() {
        Fix fix = Nmea.fix(sentence("GPGGA,123519,5222.3873,N,00453.5572,E,1,08,0.9,545.4,M,46.9,M,,"))
                .orElseThrow();

        assertThat(fix.position().latitudeDeg()).isCloseTo(52.373122, A_DECIMETRE);
        assertThat(fix.position().longitudeDeg()).isCloseTo(4.892620, A_DECIMETRE);
        assertThat(fix.errorM()).isEqualTo(13.5);
    }

    @Test
    void southAndWestAreNegative() {
        Fix fix = Nmea.fix(sentence("GNGGA,123519.00,3354.00000,S,01824.00000,W,2,12,1.2,5.4,M,46.9,M,,0000"))
                .orElseThrow();

        assertThat(fix).isEqualTo(new Fix(new Position(-33.9, -18.4), 4.5)); // Corrected: 1.2 times 3.75 m.
    }

    @Test
    void theUsualExampleIsRead() {
        // The example of most descriptions of NMEA, with its own checksum.
        assertThat(Nmea.fix("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r"))
                .hasValue(new Fix(new Position(48 + 7.038 / 60, 11 + 31.0 / 60), 13.5));
    }

    @Test
    void withoutHdopTheErrorIsInfinite() {
        assertThat(Nmea.fix(sentence("GPGGA,123519,5222.3873,N,00453.5572,E,1,08,,545.4,M,46.9,M,,")))
                .hasValueSatisfying(fix -> assertThat(fix.errorM()).isInfinite());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPGGA,123519,5222.3873,N,00453.5572,E,0,00,99.9,,M,,M,,", // No fix.
                "GPGGA,123519,5222.3873,N,00453.5572,E,6,00,0.9,,M,,M,,", // Dead reckoning, not measured.
                "GPGGA,123519,5222.3873,N,00453.5572,E,8,00,0.9,,M,,M,,", // From a simulator.
                "GPGGA,123519,,,,,1,00,0.9,,M,,M,,",
                "GPGGA,123519,9122.3873,N,00453.5572,E,1,08,0.9,545.4,M,46.9,M,,",
                "GPGGA,123519,5222.3873,N,18153.5572,E,1,08,0.9,545.4,M,46.9,M,,",
                "GPGGA,123519,5260.0000,N,00453.5572,E,1,08,0.9,545.4,M,46.9,M,,", // Minutes go up to 59.
                "GPGGA,123519,5222.3873,N,00499.9999,E,1,08,0.9,545.4,M,46.9,M,,",
                "GPGGA,123519,5222.3873,X,00453.5572,E,1,08,0.9,545.4,M,46.9,M,,",
                "GPGGA,123519,5222.3873,N,00453.5572",
                "GPGGA,123519,NaN,N,Infinity,E,1,08,0.9,545.4,M,46.9,M,,",
                "GPRMC,123519,A,5222.3873,N,00453.5572,E,022.4,084.4,230394,003.1,W",
                "GPGSV,3,1,11,03,03,111,00,04,15,270,00",
                ""
            })
    void otherSentencesAreIgnored(String content) {
        assertThat(Nmea.fix(sentence(content))).isEmpty();
    }

    @Test
    void aTransmissionErrorIsDetected() {
        String valid = sentence("GPGGA,123519,5222.3873,N,00453.5572,E,1,08,0.9,545.4,M,46.9,M,,");

        assertThat(Nmea.fix(valid.replace("5222", "5322"))).isEmpty();
        assertThat(Nmea.fix(valid.substring(0, valid.indexOf('*')))).isEmpty();
        assertThat(Nmea.fix(valid.substring(1))).isEmpty();
    }

    @Test
    void anyInputIsReadWithoutAnException() {
        Random random = new Random(5);
        String valid = sentence("GPGGA,123519,5222.3873,N,00453.5572,E,1,08,0.9,545.4,M,46.9,M,,");
        for (int i = 0; i < 100_000; i++) {
            StringBuilder line = new StringBuilder(valid);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                line.setCharAt(random.nextInt(line.length()), (char) random.nextInt(256));
            }
            String content = line.substring(1, Math.max(1, line.lastIndexOf("*")));
            Nmea.fix(line.toString());
            Nmea.fix(sentence(content)); // The same with a valid checksum. Only exceptions count here.
        }
        assertThat(Nmea.fix(valid)).isPresent();
    }

    static String sentence(String content) {
        int sum = content.chars().reduce(0, (so, letter) -> so ^ letter);
        return String.format("$%s*%02X", content, sum & 0xff);
    }
}
