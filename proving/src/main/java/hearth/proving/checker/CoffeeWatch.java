package hearth.proving.checker;

import hearth.proving.checker.Expectations.Coffee;
import hearth.proving.checker.Relay.Change;
import hearth.proving.journal.Event;
import java.time.Duration;
import java.time.LocalTime;

/**
 * Watches the coffee machine's relay.
 *
 * <ol>
 *   <li>Rule 11: it goes on for a {@linkplain Claim claim} that was lawful, is known to be on disk, and had no brew
 *       before, power cuts or not; the house is told of that brew, and once; lock-out, quiet hours and the day's number
 *       are kept.
 *   <li>Rule 12: after a boot only for what was heard since.
 *   <li>Rule 5: not for longer than to brew and keep warm.
 *   <li>Rule 8: it is on when the machine says that it brews or keeps warm, and else off.
 * </ol>
 */
final class CoffeeWatch implements Watch {

    private static final String NODE = "coffee";

    /** Fewer than the machine must remember. */
    private static final int KNOWN = 200;

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /** A brew counts from when it was noted, which takes so long at most. */
    private static final long NOTING_MS = Duration.ofMinutes(1).toMillis();

    private static final long AT_ONCE_MS = Duration.ofSeconds(1).toMillis();

    /** What was begun before the quiet hours may be noted when they have come. */
    private static final long BEGUN_BEFORE_MS = Duration.ofSeconds(30).toMillis();

    private final Coffee coffee;
    private final Notes notes;
    private final Relay relay;
    private final Reasons reasons = new Reasons();
    private final Ledger ledger;
    private final Ids brewed = new Ids(KNOWN);
    private final Ids announced = new Ids(KNOWN);

    /** When it went on the last few times, in a ring: as often as it may in a day. */
    private final long[] begins;

    private final Spell said;

    private int beginsCount;
    private int beginsFrom;
    private long clockOffMs;
    private boolean powered;
    private String phase = "";
    private boolean touched;
    private boolean tooLongTold;
    private Claim claim = Claim.NONE;
    private long claimedAt = LONG_AGO;

    /** By the clock it last looked at; before it has, it keeps quiet. {@link #NEVER} if not. */
    private long quietSince = LONG_AGO;

    /** What the relay went on for last, and until when the house must be told that the cup is full. */
    private String brewing = "";

    private long tellBy = NEVER;

    /** @param notes of the same device; told of everything before this is */
    CoffeeWatch(Coffee coffee, Notes notes, Ledger ledger) {
        this.coffee = coffee;
        this.notes = notes;
        this.relay = new Relay(coffee.pin());
        this.ledger = ledger;
        this.begins = new long[coffee.perDay()];
        this.said = new Spell(Rule.SAID_IS_DONE, NODE, ledger);
    }

    @Override
    public void see(long now, Event event) {
        touched = true;
        if (event instanceof Event.Driven driven) {
            Change change = relay.driven(now, driven);
            if (change == Change.WENT_ON) {
                wentOn(now);
            } else if (change == Change.WENT_OFF
                    && relay.lastRunMs() < coffee.brewTime().toMillis()) {
                tellBy = NEVER; // No cup.
            }
        } else if (event instanceof Event.Heard heard) {
            reasons.hear(now, heard);
            ledgerTests(now, heard);
        } else if (event instanceof Event.Kept kept) {
            String key = kept.notes().getOrDefault("unfinished", "");
            if (!key.equals(claim.key())) {
                claim = key.isEmpty() ? Claim.NONE : reasons.claimed(now, key);
                claimedAt = now;
                if (!key.isEmpty() && now - quietSince > BEGUN_BEFORE_MS) {
                    claim = Claim.flawed(key, "in the quiet hours", Rule.ONE_BREW);
                }
            }
        } else if (event instanceof Event.Looked looked) {
            boolean quiet =
                    looked.time().map(LocalTime::parse).filter(this::isQuiet).isPresent();
            quietSince = quiet ? Math.min(quietSince, now) : NEVER;
        } else if (event instanceof Event.Stored stored) {
            claim = claim.stored(stored.onDisk());
        } else if (event instanceof Event.Said words) {
            said(now, words);
        } else if (event instanceof Event.Booted booted) {
            unpowered(now);
            powered = true;
            booted(now, booted);
        } else if (event instanceof Event.PowerCut) {
            unpowered(now);
        }
    }

    private void unpowered(long now) {
        relay.unpowered(now);
        powered = false;
        quietSince = LONG_AGO;
        tellBy = NEVER;
        phase = "";
        claim = Claim.NONE;
    }

    private void booted(long now, Event.Booted booted) {
        if (reasons.boot(now, brewed)
                || !booted.remembered().getOrDefault("unfinished", "").isEmpty()) {
            ledger.tested(Rule.NOTHING_RESUMED);
        }
        if (booted.forgot()) { // It may do again what it cannot know.
            brewed.forgetSince(notes.known() + 1);
        }
        if (booted.forgot() || booted.clockOffMs() != clockOffMs) { // Its day is another now.
            beginsFrom = beginsCount;
            clockOffMs = booted.clockOffMs();
        }
    }

    private void ledgerTests(long now, Event.Heard heard) {
        boolean quiet = now - quietSince > BEGUN_BEFORE_MS;
        if (quiet && (heard.topic().equals(Reasons.BREW) || heard.topic().equals(Reasons.APPROACH))) {
            ledger.tested(Rule.ONE_BREW);
        }
        if (heard.topic().equals(Reasons.BREW) && Order.isOne(heard)) {
            Order order = Order.of(now, heard);
            boolean repeat = order.hasId() && brewed.contains(Claim.COMMAND + order.id());
            if (repeat) {
                ledger.tested(Rule.ONE_BREW);
            } else if (!order.mayAct(now)) {
                ledger.tested(Rule.LAWFUL_COMMANDS);
            }
        }
    }

    private void wentOn(long now) {
        tooLongTold = false;
        ledger.tested(Rule.ONE_BREW);
        if (claim.equals(Claim.NONE)) {
            broken(Rule.ONE_BREW, now, "it brews, and has noted nothing to brew for");
        } else if (brewed.contains(claim.key())) {
            broken(Rule.ONE_BREW, now, "it brews again for " + claim.key());
        } else if (!claim.flaw().isEmpty()) {
            broken(claim.broken(), now, "it brews for " + claim.key() + ": " + claim.flaw());
        } else if (!claim.onDisk()) {
            broken(Rule.ONE_BREW, now, "it brews for " + claim.key() + " before that is on disk");
        }
        brewed.add(claim.key(), claimedAt);
        brewing = claim.key();
        tellBy = now + coffee.brewTime().toMillis() + AT_ONCE_MS;
        long restMs = now - relay.restsSince();
        if (beginsCount > 0 && restMs < coffee.lockOut().toMillis()) {
            broken(Rule.ONE_BREW, now, "it brews after " + restMs / 1000.0 + " s of rest");
        }
        counted(now);
    }

    private void counted(long now) {
        int place = beginsCount % begins.length;
        boolean full = beginsCount - beginsFrom >= begins.length;
        if (full && now - begins[place] < DAY_MS - NOTING_MS) {
            broken(Rule.ONE_BREW, now, "it brews " + (begins.length + 1) + " times within a day");
        }
        begins[place] = now;
        beginsCount++;
    }

    private void said(long now, Event.Said words) {
        if (words.topic().equals("coffee/phase")) {
            phase = words.payload();
        } else if (words.topic().equals("coffee/brewed")) {
            String id = Words.text(words.payload(), "id");
            String what = Words.text(words.payload(), "for") + " " + id;
            ledger.tested(Rule.ONE_BREW);
            if (!announced.add(what, now)) {
                broken(Rule.ONE_BREW, now, "it tells again that it brewed for " + what);
            }
            tellBy = NEVER;
            if (!brewing.endsWith(":" + id)) {
                broken(Rule.ONE_BREW, now, "it tells that it brewed for " + what + ", and that was " + brewing);
            }
            if (now - relay.since() < coffee.brewTime().toMillis()) {
                broken(Rule.ONE_BREW, now, "it tells that it brewed for " + what + " before it has");
            }
        }
    }

    @Override
    public void over(long now, long next) {
        if (touched) {
            touched = false;
            boolean brews = phase.equals("brewing") || phase.equals("keeping-warm");
            boolean other = powered && brews != relay.on();
            said.is(
                    now,
                    brews || other,
                    other,
                    () -> "it says " + phase + " while it is " + (relay.on() ? "on" : "off"));
        }
        if (next > tellBy) {
            broken(Rule.ONE_BREW, tellBy, "it has brewed for " + brewing + ", and has not told");
            tellBy = NEVER;
        }
        Duration longest = coffee.brewTime().plus(coffee.keepWarm());
        long tooLongAt = relay.since() + longest.toMillis();
        if (relay.on() && next > tooLongAt && !tooLongTold) {
            tooLongTold = true;
            broken(Rule.MAX_ON, tooLongAt, "it is still on after " + longest.toMinutes() + " min");
        }
    }

    private boolean isQuiet(LocalTime time) {
        return !time.isBefore(coffee.quietFrom()) || time.isBefore(coffee.quietTo());
    }

    private void broken(Rule rule, long now, String what) {
        ledger.broken(rule, now, NODE, what);
    }
}
