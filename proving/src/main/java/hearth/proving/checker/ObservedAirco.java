package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedComfort;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Set;

/** What is so of the airco, seen from outside; what it says of itself is kept as it was said. */
final class ObservedAirco implements EventObserver {

    static final String NODE = "airco";
    static final String LATCHED = "no-response-latched";

    /** Doubles meet exactly only by luck. */
    static final double ROUNDING_K = 1e-9;

    private static final double FROST_BAND_K = 1;
    private static final long FIRST_PUBLISH_WITHIN_MS = Duration.ofSeconds(2).toMillis();

    /** With these it regulates as always; they stand behind all that do not. */
    private static final Set<String> NON_BLOCKING_FAULTS =
            Set.of("none", "still-rising", "sensor-stuck", "source-silent", "storage", "state-lost");

    private final Expectations expectations;
    private final ObservedRoom room;
    private final ObservedRelay heat;
    private final ObservedRelay cool;
    private boolean powered;
    private long bootedAt = LONG_AGO;
    private double targetC = Double.NaN;
    private String mode = "";
    private String preset = "";
    private String action = "";
    private String fault = "";
    private boolean healthy = true;
    private long instant = LONG_AGO;
    private long changedAt = LONG_AGO;
    private boolean settingsChanged;
    private boolean faultChanged;
    private boolean relayFailed;

    ObservedAirco(Expectations house) {
        this.expectations = house;
        this.room = new ObservedRoom(house.sensing());
        this.heat = new ObservedRelay(house.relays().heat());
        this.cool = new ObservedRelay(house.relays().cool());
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (!(event instanceof JournalEvent.DeliverySettled)) {
            changedAt = now;
        }
        if (now != instant) {
            instant = now;
            settingsChanged = false;
            faultChanged = false;
            relayFailed = false;
        }
        if (event instanceof JournalEvent.Booted) {
            unpowered(now);
            powered = true;
            bootedAt = now;
            room.forget();
        } else if (event instanceof JournalEvent.PowerCut) {
            unpowered(now);
        } else if (event instanceof JournalEvent.OutputDriven driven) {
            relayFailed |= driven.on() && !driven.succeeded();
        } else if (event instanceof JournalEvent.MessagePublished said) {
            published(said);
        } else if (event instanceof JournalEvent.EventIn) {
            room.onEvent(now, event);
        }
    }

    private void unpowered(long now) {
        powered = false;
        heat.unpowered(now);
        cool.unpowered(now);
        targetC = Double.NaN;
        mode = "";
        preset = "";
        action = "";
        fault = "";
        healthy = true;
    }

    private void published(JournalEvent.MessagePublished said) {
        switch (said.topic()) {
            case "airco/target" -> {
                double target = PayloadParser.number(said.payload());
                settingsChanged |= target != targetC;
                targetC = target;
            }
            case "airco/mode" -> {
                settingsChanged |= !said.payload().equals(mode);
                mode = said.payload();
            }
            case "airco/preset" -> {
                settingsChanged |= !said.payload().equals(preset);
                preset = said.payload();
            }
            case "airco/action" -> action = said.payload();
            case "airco/fault" -> {
                faultChanged |= !said.payload().equals(fault);
                fault = said.payload();
                healthy = NON_BLOCKING_FAULTS.contains(fault);
            }
            default -> {}
        }
    }

    ObservedRoom room() {
        return room;
    }

    ObservedRelay heat() {
        return heat;
    }

    ObservedRelay cool() {
        return cool;
    }

    boolean isPowered() {
        return powered;
    }

    /** From then on it must have said what it is. */
    long firstPublishDueAt() {
        return powered ? bootedAt + FIRST_PUBLISH_WITHIN_MS : NEVER;
    }

    /** Whether it has said all that it is judged by. */
    boolean hasPublishedAll() {
        return powered
                && !Double.isNaN(targetC)
                && !mode.isEmpty()
                && !preset.isEmpty()
                && !fault.isEmpty()
                && !action.isEmpty();
    }

    String mode() {
        return mode;
    }

    String action() {
        return action;
    }

    String fault() {
        return fault;
    }

    boolean isHealthy() {
        return healthy;
    }

    boolean allows(boolean heating) {
        return mode.equals("heat_cool") || mode.equals(heating ? "heat" : "cool");
    }

    /** Where a run ends. */
    double stopsAtC(boolean heating) {
        ExpectedComfort comfort = expectations.comfort();
        double shift = preset.equals("away") ? comfort.awayShiftK() : 0;
        return heating ? targetC - shift : targetC + shift;
    }

    /** At or beyond this a run begins. */
    double startsAtC(boolean heating) {
        ExpectedComfort comfort = expectations.comfort();
        return heating ? stopsAtC(true) - comfort.heatBelowK() : stopsAtC(false) + comfort.coolAboveK();
    }

    /** So cold that it heats in any mode. */
    boolean isFrost(double celsius) {
        return celsius <= expectations.limits().frostC() + ROUNDING_K;
    }

    /** Warm enough that no run is for frost. */
    boolean isAboveFrost(double celsius) {
        return celsius >= expectations.limits().frostC() + FROST_BAND_K - ROUNDING_K;
    }

    /** Whether anything was learnt in this instant. */
    boolean hasChanged(long now) {
        return changedAt == now;
    }

    /** Whether this instant has brought another setting or fault, or a relay that refused. */
    boolean isDisturbed() {
        return settingsChanged || faultChanged || relayFailed;
    }
}
