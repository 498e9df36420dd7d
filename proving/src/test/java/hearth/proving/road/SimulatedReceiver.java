package hearth.proving.road;

import hearth.common.value.Position;
import hearth.simulator.plant.Route.LocalPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A receiver with realistic errors. Its error is the sum of two that change slowly, one over a minute or two and one
 * over half an hour, so the position of a parked car drifts, and a moving car is beside its road for a while. {@link
 * Reception} adds other errors. The same seed gives the same output.
 */
public final class SimulatedReceiver {

    private static final double MINUTES_PERSISTENCE = 1 - 1 / 90.0;
    private static final double HALF_HOUR_PERSISTENCE = 1 - 1 / 1_800.0;
    private static final int OUTLIER_PERIOD_S = 25;
    private static final double OUTLIER_HDOP = 22;
    private static final LocalPoint OLD_POSITION = new LocalPoint(180_000, -240_000);

    private final Position home;
    private final Random random;
    private final CorrelatedError[] positionErrors;
    private final List<ReceiverOutput> stalledOutput = new ArrayList<>();
    private final List<ReceiverOutput> recentOutput = new ArrayList<>();
    private LocalPoint outlierPlace = LocalPoint.HOME;
    private int outlierKind;
    private int outlierSecondsLeft;
    private double hdopError;

    public SimulatedReceiver(Position home, long seed) {
        this.home = home;
        this.random = new Random(seed);
        this.positionErrors = new CorrelatedError[] {
            new CorrelatedError(MINUTES_PERSISTENCE),
            new CorrelatedError(MINUTES_PERSISTENCE),
            new CorrelatedError(HALF_HOUR_PERSISTENCE),
            new CorrelatedError(HALF_HOUR_PERSISTENCE)
        };
    }

    /** The output of the next second: empty if it is unplugged, several reports after its line has stalled. */
    public List<ReceiverOutput> output(TrueTrip.TripSecond second, Instant now) {
        ReceiverOutput report = currentOutput(second, now);
        List<ReceiverOutput> output = new ArrayList<>();
        if (second.reception().behaviour == Reception.ReceiverBehaviour.LINE_STALLED) {
            stalledOutput.add(report);
        } else {
            output.addAll(stalledOutput);
            stalledOutput.clear();
            if (second.reception().behaviour != Reception.ReceiverBehaviour.UNPLUGGED) {
                output.add(report);
            }
        }
        return output;
    }

    private ReceiverOutput currentOutput(TrueTrip.TripSecond second, Instant now) {
        Reception sky = second.reception();
        double east = second.place().eastM()
                + sky.sigmaM * (positionErrors[0].next() + positionErrors[2].next()) / Math.sqrt(2);
        double north = second.place().northM()
                + sky.sigmaM * (positionErrors[1].next() + positionErrors[3].next()) / Math.sqrt(2);
        hdopError = MINUTES_PERSISTENCE * hdopError + 0.02 * random.nextGaussian();
        ReceiverOutput trueOutput = fix(now, new LocalPoint(east, north), Math.max(0.6, sky.hdop * (1 + hdopError)));
        return switch (sky.behaviour) {
            case NORMAL, UNPLUGGED, LINE_STALLED -> remember(trueOutput);
            case NO_FIX -> new ReceiverOutput(now, 0, home, 0);
            case ESTIMATES ->
                new ReceiverOutput(
                        now,
                        6,
                        lastOr(trueOutput).position(),
                        lastOr(trueOutput).hdop());
            case REPEATS_LAST_FIX ->
                new ReceiverOutput(
                        now,
                        1,
                        lastOr(trueOutput).position(),
                        lastOr(trueOutput).hdop());
            case OLD_POSITION -> fix(now, OLD_POSITION, sky.hdop);
            case OUTLIERS -> outlier(trueOutput, now);
        };
    }

    private ReceiverOutput outlier(ReceiverOutput trueOutput, Instant now) {
        if (outlierSecondsLeft == 0 && random.nextInt(OUTLIER_PERIOD_S) == 0) {
            outlierSecondsLeft = 1 + random.nextInt(2);
            outlierKind = random.nextInt(5);
            outlierPlace = new LocalPoint((random.nextDouble() - 0.5) * 40_000, (random.nextDouble() - 0.5) * 40_000);
        }
        if (outlierSecondsLeft == 0) {
            return remember(trueOutput);
        }
        outlierSecondsLeft--;
        return switch (outlierKind) {
            case 0 -> new ReceiverOutput(now, 1, new Position(0, 0), 1.0);
            case 1 -> fix(now, outlierPlace, OUTLIER_HDOP);
            case 2 -> fix(now, new LocalPoint(200, 300), 1.0); // A position near home.
            case 3 -> recentOutput.isEmpty() ? trueOutput : recentOutput.get(0); // With its old time stamp.
            default -> fix(now, outlierPlace, 1.0);
        };
    }

    private ReceiverOutput fix(Instant now, LocalPoint place, double hdop) {
        return new ReceiverOutput(now, 1, place.toPosition(home), hdop);
    }

    /** The output of the last five minutes. */
    private ReceiverOutput remember(ReceiverOutput report) {
        recentOutput.add(report);
        while (Duration.between(recentOutput.get(0).time(), report.time()).toMinutes() >= 5) {
            recentOutput.remove(0);
        }
        return report;
    }

    private ReceiverOutput lastOr(ReceiverOutput otherwise) {
        return recentOutput.isEmpty() ? otherwise : recentOutput.get(recentOutput.size() - 1);
    }

    /** A random error with a standard deviation of about one that changes slowly. */
    private final class CorrelatedError {

        private final double persistence;
        private double value;

        CorrelatedError(double lasting) {
            this.persistence = lasting;
            this.value = random.nextGaussian();
        }

        double next() {
            value = persistence * value + Math.sqrt(1 - persistence * persistence) * random.nextGaussian();
            return value;
        }
    }
}
