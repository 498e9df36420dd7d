package hearth.proving.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report in a real browser. A probe ({@code probe.js}) is added after the scripts of the page: it counts pixels on
 * the canvases and uses the page as a person would. The report stays in {@code target/report} for inspection.
 */
@Tag("browser")
@TestInstance(Lifecycle.PER_CLASS)
class ReportBrowserTest {

    private static final long BEGIN = SyntheticYear.BEGIN.toEpochSecond(ZoneOffset.UTC);
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final String YEAR = BEGIN + " " + (BEGIN + 365 * DAY);
    private static final Path REPORT = Path.of("target", "report", "year.html");

    @TempDir
    private static Path folder;

    private Chromium browser;
    private Chromium.RenderedPage year;

    @BeforeAll
    void openTheYear() throws IOException, InterruptedException {
        Files.createDirectories(REPORT.getParent());
        Report.write(REPORT, SyntheticYear.of(365), SyntheticYear.summary(365));
        browser = new Chromium(folder);
        year = browser.open(probed(REPORT), 1280, 900);
    }

    @Test
    void everyChartIsDrawn() {
        assertThat(year.data("failure")).isEmpty();
        assertThat(year.number("ready")).isEqualTo(4);
        assertThat(year.number("canvases")).isEqualTo(4);
        for (String chart : new String[] {"temperatures", "relays", "mishaps", "faults"}) {
            assertThat(year.number("painted-" + chart)).as("pixels of " + chart).isGreaterThan(5_000);
        }
    }

    @Test
    void lanesHaveTheirNamesInTheMargin() {
        for (String chart : new String[] {"relays", "mishaps", "faults"}) {
            assertThat(year.number("named-" + chart))
                    .as("pixels of names of " + chart)
                    .isGreaterThan(500);
        }
    }

    @Test
    void eachKindOfEventHasItsColour() {
        for (String colour : new String[] {"band", "room", "target", "outside"}) {
            assertThat(year.number("temperatures-" + colour)).as(colour).isGreaterThan(200);
        }
        for (String colour : new String[] {"heating", "cooling", "coffee"}) {
            assertThat(year.number("relays-" + colour)).as(colour).isGreaterThan(200);
        }
        assertThat(year.number("faults-fault")).isGreaterThan(200);
    }

    @Test
    void thePageLogsNothingAndLoadsNothing() {
        assertThat(year.console()).isEmpty();
    }

    @Test
    void buttonsShowTheCalendarMonthWeekAndDay() {
        assertThat(year.data("at-first")).isEqualTo(YEAR);
        assertThat(year.data("month")).isEqualTo(span(181, 212)); // July contains the middle of the year.
        assertThat(year.data("week")).isEqualTo(span(193, 200)); // Monday 13 July.
        assertThat(year.data("day")).isEqualTo(span(196, 197));
        assertThat(year.data("later")).isEqualTo(span(197, 198));
        assertThat(year.data("year")).isEqualTo(YEAR);
    }

    @Test
    void keysMoveAndZoom() {
        assertThat(year.data("plus")).isEqualTo((BEGIN + 365 * DAY / 4) + " " + (BEGIN + 365 * DAY * 3 / 4));
        assertThat(year.data("right")).isEqualTo((BEGIN + 365 * DAY * 3 / 8) + " " + (BEGIN + 365 * DAY * 7 / 8));
        assertThat(year.data("home")).isEqualTo(YEAR);
    }

    @Test
    void aDragZoomsInAndADoubleClickShowsAll() {
        String[] dragged = year.data("dragged").split(" ", -1);

        assertThat(Long.parseLong(dragged[0])).isCloseTo(BEGIN + 365 * DAY / 4, within(DAY));
        assertThat(Long.parseLong(dragged[1])).isCloseTo(BEGIN + 365 * DAY / 2, within(DAY));
        assertThat(year.data("double-clicked")).isEqualTo(YEAR);
    }

    @Test
    void thePointerShowsTheValuesAtItsTime() {
        assertThat(year.data("readout")).contains("room", "set point off", "outside", "°C");
    }

    @Test
    void aDayHasItsOwnAddress() throws IOException, InterruptedException {
        Chromium.RenderedPage page = browser.open(REPORT.toUri() + "#2026-02-03", 1280, 900);

        assertThat(page.data("view")).isEqualTo(span(33, 34));
        assertThat(page.console()).isEmpty();
    }

    @Test
    void onAPhoneNothingIsCutOff() throws IOException, InterruptedException {
        // The narrowest window of Chromium is 500 pixels wide, so the page is put into a frame.
        Path phone = folder.resolve("phone.html");
        Files.writeString(
                phone,
                "<body style='margin:0'><iframe src='" + probed(REPORT)
                        + "' style='border:0;width:390px;height:3000px'></iframe><script>"
                        + "addEventListener('message', e => Object.assign(document.documentElement.dataset, e.data))</script>");

        Chromium.RenderedPage page = browser.open(phone.toUri().toString(), 800, 3000);

        assertThat(page.number("ready")).isEqualTo(4);
        assertThat(page.number("painted-temperatures")).isGreaterThan(5_000);
        assertThat(page.number("cut-off")).isZero();
    }

    @Test
    void aYearWithoutFaultsIsDrawn() throws IOException, InterruptedException {
        PlotData plot = new PlotData(Duration.ofDays(365));
        plot.addTrueTemperatures(Duration.ZERO, 20, 10);
        Path file = folder.resolve("quiet.html");
        Report.write(file, plot, SyntheticYear.summary(365));

        Chromium.RenderedPage page = browser.open(file.toUri().toString(), 1280, 900);

        assertThat(page.data("failure")).isEmpty();
        assertThat(page.number("ready")).isEqualTo(2);
        assertThat(page.console()).isEmpty();
    }

    @Test
    void aYearIsSmallerThanThreeMegabytes() throws IOException {
        assertThat(Files.size(REPORT)).isLessThan(3_000_000);
    }

    private String probed(Path report) throws IOException {
        Path probed = folder.resolve("probed.html");
        String probe;
        try (InputStream stream = Objects.requireNonNull(ReportBrowserTest.class.getResourceAsStream("probe.js"))) {
            probe = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        String page = Files.readString(report);
        Files.writeString(probed, page.replace("</body>", "<script>\n" + probe + "</script></body>"));
        return probed.toUri().toString();
    }

    private static String span(int fromDay, int toDay) {
        return (BEGIN + fromDay * DAY) + " " + (BEGIN + toDay * DAY);
    }

    private static Offset<Long> within(long seconds) {
        return Offset.offset(seconds);
    }
}
