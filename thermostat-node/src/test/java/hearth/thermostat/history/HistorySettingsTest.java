package hearth.thermostat.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HistorySettingsTest {

    @Test
    void byDefaultOneReadingPerMinuteIsStoredForAWeek() throws BadSettings {
        assertThat(read("")).isEqualTo(new HistorySettings(Duration.ofMinutes(1), Duration.ofDays(7)));
        assertThat(read("history.every = 20s\nhistory.keep = 2d").maxReadings()).isEqualTo(2 * 24 * 60 * 3);
    }

    @Test
    void tooManyReadingsAreRejected() throws BadSettings {
        assertThat(read("history.every = 18s\nhistory.keep = 500h").maxReadings())
                .isEqualTo(100_000);
        assertThatThrownBy(() -> read("history.every = 18s\nhistory.keep = 501h"))
                .isInstanceOf(BadSettings.class)
                .hasMessage("sensor.conf:2: history.keep = 501h: must be at most 100000 times history.every");
    }

    private static HistorySettings read(String text) throws BadSettings {
        return Settings.of("sensor.conf", text).check(HistorySettings::read);
    }
}
