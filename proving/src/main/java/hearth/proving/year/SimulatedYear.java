package hearth.proving.year;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent.MessagePublished;
import hearth.simulator.plant.YearWeather;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Simulates a number of days from one seed. Runs once. */
public final class SimulatedYear {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SAMPLE_PERIOD = Duration.ofMinutes(1);
    private static final int FIRST_OF_JANUARY_2030 = 1; // A Tuesday.

    private final YearPlan plan;
    private final SimulationContext simulation;
    private final YearHouse houseModel;
    private final SimulatedDevices devices;
    private final Residents residents;
    private final FaultInjector faultInjector;
    private final HistoryConsumer historyConsumer;
    private final YearCounts counts = new YearCounts();
    private double target = 20;
    private String mode = "heat_cool";
    private String preset = "home";

    /** @param journal receives each entry as it happens */
    public SimulatedYear(YearPlan plan, DeviceInterceptor interceptor, Consumer<JournalEntry> journal) {
        this.plan = plan;
        this.simulation = new SimulationContext(plan.seed(), entry -> {
            counts.accept(entry);
            updateComfortBand(entry);
            journal.accept(entry);
        });
        this.houseModel = new YearHouse(new YearWeather(plan.seed(), plan.firstDay() + plan.days()), plan.firstDay());
        this.devices = new SimulatedDevices(simulation, houseModel, interceptor);
        this.residents = new Residents(simulation, houseModel);
        this.faultInjector = new FaultInjector(simulation, devices);
        this.historyConsumer =
                new HistoryConsumer(simulation.broker(), SimulationContext.PREFIX, List.of("sensor", "airco"));
    }

    /** Runs. @param view receives the true temperatures every minute @param progress the time, once per day */
    public void run(TrueTemperatureListener view, Consumer<Duration> progress) {
        simulation
                .timers()
                .every(
                        "view",
                        SAMPLE_PERIOD,
                        () -> view.onTemperatures(simulation.elapsed(), houseModel.roomC(), houseModel.outsideC()));
        devices.computers().forEach(SimulatedPi::powerOn);
        if (plan.injectFaults()) {
            faultInjector.plan(plan.days());
        }
        for (int day = 0; day < plan.days(); day++) {
            int ofYear = plan.firstDay() + day;
            residents.plan(ofYear);
            devices.driver().plan((ofYear + FIRST_OF_JANUARY_2030) % 7 < 5);
            simulation.timers().advance(DAY);
            progress.accept(simulation.elapsed());
        }
    }

    public YearCounts counts() {
        return counts;
    }

    /** The retained message at the broker; empty if there is none. @param topic with all its levels */
    public Optional<String> retained(String topic) {
        return simulation.broker().stored(topic).map(message -> new String(message.payload(), StandardCharsets.UTF_8));
    }

    /** The number of readings that nodes stored while the broker was away and then delivered. */
    public int deliveredLater() {
        return historyConsumer.readings();
    }

    /** The names of all kinds of injected faults. */
    public List<String> faultKinds() {
        return faultInjector.kinds();
    }

    /** Kelvin times hours below the comfort band, while the mode is heat_cool and the preset home. */
    public double tooColdKh() {
        return houseModel.tooColdKh();
    }

    public double tooWarmKh() {
        return houseModel.tooWarmKh();
    }

    public double heatKwh() {
        return houseModel.heatKwh();
    }

    public double coldKwh() {
        return houseModel.coldKwh();
    }

    /** The number of arrivals at home, announced or not. */
    public long arrivals() {
        return devices.driver().arrivals();
    }

    private void updateComfortBand(JournalEntry entry) {
        if (entry.event() instanceof MessagePublished message && entry.node().equals("airco")) {
            switch (message.topic()) {
                case "airco/target" -> target = Double.parseDouble(message.payload());
                case "airco/mode" -> mode = message.payload();
                case "airco/preset" -> preset = message.payload();
                default -> {
                    return;
                }
            }
            houseModel.advanceTo(simulation.elapsed());
            houseModel.setComfortBand(target - 2, target + 2, mode.equals("heat_cool") && preset.equals("home"));
        }
    }
}
