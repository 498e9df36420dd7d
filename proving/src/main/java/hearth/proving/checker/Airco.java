package hearth.proving.checker;

import hearth.proving.checker.Expectations.Comfort;
import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.Set;

/** What is so of the airco, seen from outside; what it says of itself is kept as it was said. */
final class Airco implements Watch {

    static final String NODE = "airco";
    static final String LATCHED = "no-response-latched";

    /** Doubles meet exactly only by luck. */
    static final double ROUNDING_K = 1e-9;

    private static final double FROST_BAND_K = 1;
    private static final long SPEAKS_WITHIN_MS = Duration.ofSeconds(2).toMillis();

    /** With these it regulates as always; they stand behind all that do not. */
    private static final Set<String> HARMLESS =
            Set.of("none", "still-rising", "sensor-stuck", "source-silent", "storage", "state-lost");

    private final Expectations house;
    private final Room room;
    private final Relay heat;
    private final Relay cool;
    private boolean powered;
    private long bootedAt = LONG_AGO;
    private double targetC = Double.NaN;
    private String mode = "";
    private String preset = "";
    private String action = "";
    private String fault = "";
    private boolean healthy = true;
    private long instant = LONG_AGO;
    private long newsAt = LONG_AGO;
    private boolean settingsChanged;
    private boolean faultChanged;
    private boolean refused;

    Airco(Expectations house) {
        this.house = house;
        this.room = new Room(house.sensing());
        this.heat = new Relay(house.relays().heat());
        this.cool = new Relay(house.relays().cool());
    }

    @Override
    public void see(long now, Event event) {
        if (!(event instanceof Event.Settled)) {
            newsAt = now;
        }
        if (now != instant) {
            instant = now;
            settingsChanged = false;
            faultChanged = false;
            refused = false;
        }
        if (event instanceof Event.Booted) {
            unpowered(now);
            powered = true;
            bootedAt = now;
            room.forget();
        } else if (event instanceof Event.PowerCut) {
            unpowered(now);
        } else if (event instanceof Event.Driven driven) {
            refused |= driven.on() && !driven.worked();
        } else if (event instanceof Event.Said said) {
            said(said);
        } else if (event instanceof Event.In) {
            room.sees(now, event);
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

    private void said(Event.Said said) {
        switch (said.topic()) {
            case "airco/target" -> {
                double target = Words.number(said.payload());
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
                healthy = HARMLESS.contains(fault);
            }
            default -> {}
        }
    }

    Room room() {
        return room;
    }

    Relay heat() {
        return heat;
    }

    Relay cool() {
        return cool;
    }

    boolean isPowered() {
        return powered;
    }

    /** From then on it must have said what it is. */
    long hasSpokenBy() {
        return powered ? bootedAt + SPEAKS_WITHIN_MS : NEVER;
    }

    /** Whether it has said all that it is judged by. */
    boolean hasSpoken() {
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
    double wantedC(boolean heating) {
        Comfort comfort = house.comfort();
        double shift = preset.equals("away") ? comfort.awayShiftK() : 0;
        return heating ? targetC - shift : targetC + shift;
    }

    /** At or beyond this a run begins. */
    double beginsC(boolean heating) {
        Comfort comfort = house.comfort();
        return heating ? wantedC(true) - comfort.heatBelowK() : wantedC(false) + comfort.coolAboveK();
    }

    /** So cold that it heats in any mode. */
    boolean isFrost(double celsius) {
        return celsius <= house.limits().frostC() + ROUNDING_K;
    }

    /** Warm enough that no run is for frost. */
    boolean isPastFrost(double celsius) {
        return celsius >= house.limits().frostC() + FROST_BAND_K - ROUNDING_K;
    }

    /** Whether anything was learnt in this instant. */
    boolean hasNews(long now) {
        return newsAt == now;
    }

    /** Whether this instant has brought another setting or fault, or a relay that refused. */
    boolean isStirred() {
        return settingsChanged || faultChanged || refused;
    }
}
