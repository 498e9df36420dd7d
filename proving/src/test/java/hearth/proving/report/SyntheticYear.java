package hearth.proving.report;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import hearth.simulator.plant.Room;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A random but realistic year for tests of the report. It runs no node. */
final class SyntheticYear {

    static final LocalDateTime BEGIN = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final List<String> FAULT_KINDS = List.of(
            "sensor-short",
            "sensor-checksum",
            "sensor-power-on-reset",
            "sensor-stuck",
            "sensor-missing",
            "sensor-outlier",
            "relay-refused",
            "power-cut",
            "brownout-loop",
            "clock-jump",
            "broker-down",
            "broker-forgot",
            "broker-half-open",
            "message-lost",
            "message-twice",
            "message-late",
            "command-retained",
            "command-garbage",
            "disk-full",
            "notes-torn",
            "gps-jump");

    /** The mode is off on the days in spring that the browser test points at. */
    private static final long OFF_FROM = 100;

    private static final long OFF_TO = 114;

    private final Random random = new Random(7);
    private final Room room = new Room(19, 18);
    private final Duration length;
    private final PlotData plot;
    private double target = 20;
    private double cloud;
    private boolean heating;
    private boolean cooling;
    private int trips;

    private SyntheticYear(int days) {
        this.length = Duration.ofDays(days);
        this.plot = new PlotData(length);
    }

    static PlotData of(int days) {
        SyntheticYear year = new SyntheticYear(days);
        year.step();
        return year.plot;
    }

    static ReportSummary summary(int days) {
        return new ReportSummary(
                "Simulated year",
                7,
                days,
                BEGIN,
                "bin/demo --year --seed 7",
                List.of(
                        new ReportSummary.Figure("of the time within 2 K of the set point", "98.7 %"),
                        new ReportSummary.Figure("heated, 1\u202f943 h in 6\u202f204 periods", "2.9 MWh"),
                        new ReportSummary.Figure("cooled, 204 h in 812 periods", "0.4 MWh"),
                        new ReportSummary.Figure("cups ready when the car came home", "251 of 251"),
                        new ReportSummary.Figure("readings, messages and switchings", "10\u202f482\u202f113"),
                        new ReportSummary.Figure("simulation time", "11.4 s")),
                List.of(
                        new ReportSummary.FigureGroup(
                                "Comfort",
                                List.of(
                                        new ReportSummary.Figure("Mean of the room", "20.3 °C"),
                                        new ReportSummary.Figure("Coldest", "16.8 °C"),
                                        new ReportSummary.Figure("Warmest", "24.1 °C"))),
                        new ReportSummary.FigureGroup(
                                "The year",
                                List.of(
                                        new ReportSummary.Figure("Entries in the journal", "10\u202f482\u202f113"),
                                        new ReportSummary.Figure("Hash of the journal", "9f3c17d2a6be4410"),
                                        new ReportSummary.Figure(
                                                "Times faster than real time", "2\u202f766\u202f000")))),
                IntStream.rangeClosed(1, 20).mapToObj(SyntheticYear::rule).toList());
    }

    private static ReportSummary.RuleSummary rule(int number) {
        List<String> titles = List.of(
                "Heat and cool are never on together, with a dead time between them",
                "A relay is on only while a valid reading is younger than stale-after",
                "Mode off, a latched fault, or no first valid reading: all off",
                "Heat and cool each keep their minimum pause, also after a restart");
        return new ReportSummary.RuleSummary(
                number, titles.get(number % titles.size()), number == 19 ? 0 : 48_211L * number, 0, List.of());
    }

    private void step() {
        publish("airco", "airco/target", "20.0", Duration.ZERO);
        for (Duration at = Duration.ZERO; at.compareTo(length) < 0; at = at.plus(STEP)) {
            double day = at.toSeconds() / 86_400.0;
            double hour = day % 1 * 24;
            if (hour == 0) {
                cloud = 0.7 * cloud + random.nextGaussian() * 2.2;
                plan(at);
            }
            double outsideC = 10.5
                    - 8.5 * Math.cos(2 * Math.PI * (day - 20) / 365)
                    + cloud
                    - 4 * Math.cos(2 * Math.PI * (hour - 3) / 24);
            double sunW = Math.max(0, Math.sin(Math.PI * (hour - 9) / 9)) * Math.max(0, 1_500 - 250 * cloud);
            room.advance(STEP, outsideC, hour > 9 && hour < 18 ? sunW : 0, heating, cooling);
            plot.addTrueTemperatures(at, room.airC(), outsideC);
            regulate(at);
        }
    }

    private void regulate(Duration at) {
        double off = room.airC() - target;
        boolean heat = off <= -2 || (heating && off < 0);
        boolean cool = off >= 2 || (cooling && off > 0);
        if (heat != heating) {
            heating = heat;
            plot.accept(new JournalEntry(at, "airco", new JournalEvent.OutputDriven(17, heat, true)));
        }
        if (cool != cooling) {
            cooling = cool;
            plot.accept(new JournalEntry(at, "airco", new JournalEvent.OutputDriven(27, cool, true)));
        }
    }

    /** The events of a day: some set points, faults, and a trip home with a brew at its end. */
    private void plan(Duration midnight) {
        if (midnight.toDays() == OFF_FROM || midnight.toDays() == OFF_TO) {
            publish("airco", "airco/mode", midnight.toDays() == OFF_FROM ? "off" : "heat_cool", midnight);
        }
        if (random.nextInt(9) == 0) {
            target = 19 + random.nextInt(5) * 0.5;
            publish("airco", "airco/target", Double.toString(target), midnight.plusHours(8));
        }
        for (int i = random.nextInt(18); i > 0; i--) {
            Duration at = midnight.plusSeconds(random.nextInt(86_400));
            String kind = FAULT_KINDS.get((int) (FAULT_KINDS.size() * Math.pow(random.nextDouble(), 1.6)));
            plot.accept(new JournalEntry(at, "", new JournalEvent.InjectedFault(kind, duration(kind))));
            if (kind.startsWith("sensor")) {
                String node = random.nextBoolean() ? "airco" : "sensor";
                publish(node, node + "/fault", kind, at.plusSeconds(30));
                publish(node, node + "/fault", "none", at.plusSeconds(90 + random.nextInt(7_200)));
            }
        }
        if (midnight.toDays() % 7 < 5) {
            Duration home = midnight.plusMinutes(17 * 60 + random.nextInt(90));
            String trip = "trip-" + ++trips;
            publish("car", "car/approach", "{\"trip\":\"" + trip + "\",\"eta_s\":600}", home.minusMinutes(10));
            plot.accept(
                    new JournalEntry(home.minusMinutes(7), "coffee", new JournalEvent.OutputDriven(22, true, true)));
            publish(
                    "coffee",
                    "coffee/brewed",
                    "{\"id\":\"" + trip + "\",\"for\":\"trip\",\"seconds\":360}",
                    home.minusMinutes(1));
            plot.accept(
                    new JournalEntry(home.minusMinutes(1), "coffee", new JournalEvent.OutputDriven(22, false, true)));
        }
    }

    /** A broker is sometimes away for days, so that it is visible in a plot of a year. */
    private static String duration(String kind) {
        return kind.equals("broker-down") ? "260000 s" : "";
    }

    private void publish(String node, String topic, String payload, Duration at) {
        plot.accept(
                new JournalEntry(at, node, new JournalEvent.MessagePublished(topic, payload, 1, true, Long.MAX_VALUE)));
    }
}
