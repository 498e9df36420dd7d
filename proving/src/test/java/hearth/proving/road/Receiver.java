package hearth.proving.road;

import hearth.common.value.Position;
import hearth.simulator.plant.Route.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A receiver as they are: it errs, and not each second anew. Its error is the sum of two that wander, one for a minute
 * or two and one for half an hour, so a parked car drifts about and a driven one is beside its road for a while. What
 * else may be wrong with it is its {@link Sky}. The same seed says the same.
 */
public final class Receiver {

    private static final double MINUTES = 1 - 1 / 90.0;
    private static final double HALF_AN_HOUR = 1 - 1 / 1_800.0;
    private static final int BETWEEN_WILD_ONES_S = 25;
    private static final double WILD_HDOP = 22;
    private static final Place LONG_AGO = new Place(180_000, -240_000);

    private final Position home;
    private final Random random;
    private final Wander[] wanders;
    private final List<Claim> held = new ArrayList<>();
    private final List<Claim> lately = new ArrayList<>();
    private Place wildPlace = Place.HOME;
    private int wildKind;
    private int wildLeft;
    private double hdopWander;

    public Receiver(Position home, long seed) {
        this.home = home;
        this.random = new Random(seed);
        this.wanders = new Wander[] {
            new Wander(MINUTES), new Wander(MINUTES), new Wander(HALF_AN_HOUR), new Wander(HALF_AN_HOUR)
        };
    }

    /** What it says in the next second; nothing if it is unplugged, much if its line was stalled. */
    public List<Claim> says(Journey.Second second, Instant now) {
        Claim claim = claim(second, now);
        List<Claim> said = new ArrayList<>();
        if (second.sky().habit == Sky.Habit.STALLED) {
            held.add(claim);
        } else {
            said.addAll(held);
            held.clear();
            if (second.sky().habit != Sky.Habit.UNPLUGGED) {
                said.add(claim);
            }
        }
        return said;
    }

    private Claim claim(Journey.Second second, Instant now) {
        Sky sky = second.sky();
        double east = second.place().eastM() + sky.sigmaM * (wanders[0].next() + wanders[2].next()) / Math.sqrt(2);
        double north = second.place().northM() + sky.sigmaM * (wanders[1].next() + wanders[3].next()) / Math.sqrt(2);
        hdopWander = MINUTES * hdopWander + 0.02 * random.nextGaussian();
        Claim honest = fix(now, new Place(east, north), Math.max(0.6, sky.hdop * (1 + hdopWander)));
        return switch (sky.habit) {
            case HONEST, UNPLUGGED, STALLED -> remembered(honest);
            case SILENT_WITHOUT_A_FIX -> new Claim(now, 0, home, 0);
            case ESTIMATES ->
                new Claim(now, 6, last(honest).position(), last(honest).hdop());
            case REPEATS ->
                new Claim(now, 1, last(honest).position(), last(honest).hdop());
            case LONG_AGO -> fix(now, LONG_AGO, sky.hdop);
            case WILD -> wild(honest, now);
        };
    }

    private Claim wild(Claim honest, Instant now) {
        if (wildLeft == 0 && random.nextInt(BETWEEN_WILD_ONES_S) == 0) {
            wildLeft = 1 + random.nextInt(2);
            wildKind = random.nextInt(5);
            wildPlace = new Place((random.nextDouble() - 0.5) * 40_000, (random.nextDouble() - 0.5) * 40_000);
        }
        if (wildLeft == 0) {
            return remembered(honest);
        }
        wildLeft--;
        return switch (wildKind) {
            case 0 -> new Claim(now, 1, new Position(0, 0), 1.0);
            case 1 -> fix(now, wildPlace, WILD_HDOP);
            case 2 -> fix(now, new Place(200, 300), 1.0); // At home, of all places.
            case 3 -> lately.isEmpty() ? honest : lately.get(0); // Time stamp and all.
            default -> fix(now, wildPlace, 1.0);
        };
    }

    private Claim fix(Instant now, Place place, double hdop) {
        return new Claim(now, 1, place.seenFrom(home), hdop);
    }

    /** Of the last five minutes. */
    private Claim remembered(Claim claim) {
        lately.add(claim);
        while (Duration.between(lately.get(0).time(), claim.time()).toMinutes() >= 5) {
            lately.remove(0);
        }
        return claim;
    }

    private Claim last(Claim otherwise) {
        return lately.isEmpty() ? otherwise : lately.get(lately.size() - 1);
    }

    /** An error of about one that goes on for a while. */
    private final class Wander {

        private final double lasting;
        private double value;

        Wander(double lasting) {
            this.lasting = lasting;
            this.value = random.nextGaussian();
        }

        double next() {
            value = lasting * value + Math.sqrt(1 - lasting * lasting) * random.nextGaussian();
            return value;
        }
    }
}
