package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedComfort;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Set;

/** The state of the airco as seen from outside, and what the airco published about itself. */
final class ObservedAirco implements EventObserver {

    static final String NODE = "airco";
    static final String LATCHED = "no-response-latched";

    /** Tolerance for rounding errors of doubles. */
    static final double ROUNDING_K = 1e-9;

    private static final double FROST_BAND_K = 1;
    private static final long FIRST_PUBLISH_WITHIN_MS = Duration.ofSeconds(2).toMillis();

    /** Faults with which it regulates as usual. */
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

    ObservedAirco(Expectations expectations) {
        this.expectations = expectations;
        this.room = new ObservedRoom(expectations.sensing());
        this.heat = new ObservedRelay(expectations.relays().heat());
        this.cool = new ObservedRelay(expectations.relays().cool());
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
        } else if (event instanceof JournalEvent.MessagePublished message) {
            published(message);
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

    private void published(JournalEvent.MessagePublished message) {
        switch (message.topic()) {
            case "airco/target" -> {
                double target = PayloadParser.number(message.payload());
                settingsChanged |= target != targetC;
                targetC = target;
            }
            case "airco/mode" -> {
                settingsChanged |= !message.payload().equals(mode);
                mode = message.payload();
            }
            case "airco/preset" -> {
                settingsChanged |= !message.payload().equals(preset);
                preset = message.payload();
            }
            case "airco/action" -> action = message.payload();
            case "airco/fault" -> {
                faultChanged |= !message.payload().equals(fault);
                fault = message.payload();
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

    /** Until then it must have published its state. */
    long firstPublishDueAt() {
        return powered ? bootedAt + FIRST_PUBLISH_WITHIN_MS : NEVER;
    }

    /** Whether it has published everything that the checkers require. */
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

    /** The temperature at which a heating or cooling period ends. */
    double stopsAtC(boolean heating) {
        ExpectedComfort comfort = expectations.comfort();
        double shift = preset.equals("away") ? comfort.awayShiftK() : 0;
        return heating ? targetC - shift : targetC + shift;
    }

    /** A heating or cooling period begins at or beyond this temperature. */
    double startsAtC(boolean heating) {
        ExpectedComfort comfort = expectations.comfort();
        return heating ? stopsAtC(true) - comfort.heatBelowK() : stopsAtC(false) + comfort.coolAboveK();
    }

    /** Whether it heats in any mode at this temperature. */
    boolean isFrost(double celsius) {
        return celsius <= expectations.limits().frostC() + ROUNDING_K;
    }

    /** Whether frost protection does not heat at this temperature. */
    boolean isAboveFrost(double celsius) {
        return celsius >= expectations.limits().frostC() + FROST_BAND_K - ROUNDING_K;
    }

    /** Whether an event has arrived in this instant. */
    boolean hasChanged(long now) {
        return changedAt == now;
    }

    /** Whether a setting or a fault has changed in this instant, or a relay has failed. */
    boolean isDisturbed() {
        return settingsChanged || faultChanged || relayFailed;
    }
}
