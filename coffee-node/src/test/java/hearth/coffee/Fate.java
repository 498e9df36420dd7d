package hearth.coffee;

import java.time.Duration;

/** What becomes of a message between who says it and the coffee machine. */
enum Fate {
    ONCE {
        @Override
        void befall(Kitchen kitchen) {
            kitchen.say(FIRST);
        }
    },
    DOUBLED {
        @Override
        void befall(Kitchen kitchen) {
            kitchen.say(FIRST);
            kitchen.in(A_MOMENT, () -> kitchen.say(FIRST));
        }
    },
    /** The second of two overtakes the first. */
    REORDERED {
        @Override
        void befall(Kitchen kitchen) {
            kitchen.say(SECOND);
            kitchen.in(A_MOMENT, () -> kitchen.say(FIRST));
        }
    },
    /** Said before the machine is there, with the retain flag, and once more when it is. */
    RETAINED {
        @Override
        void befall(Kitchen kitchen) {
            kitchen.sayRetained(FIRST);
            kitchen.in(Duration.ofSeconds(90), () -> kitchen.sayRetained(FIRST));
        }

        @Override
        Duration machineStarts() {
            return Duration.ofMinutes(1);
        }
    },
    /** The machine has no network while the message lives. */
    EXPIRED {
        @Override
        void befall(Kitchen kitchen) {
            kitchen.unplug(kitchen.errand().life().plusSeconds(1));
            kitchen.say(FIRST);
        }
    },
    /** Somebody has kept it, and says it again two days later. */
    REPLAYED {
        @Override
        void befall(Kitchen kitchen) {
            kitchen.say(FIRST);
            kitchen.in(TWO_DAYS, () -> kitchen.say(FIRST));
        }

        @Override
        Duration lasts() {
            return TWO_DAYS.plus(super.lasts());
        }
    },
    BROKER_RESTARTED {
        @Override
        void befall(Kitchen kitchen) {
            kitchen.say(FIRST);
            brokerIsAwayThreeTimes(kitchen, false);
        }
    },
    BROKER_FORGOT {
        @Override
        void befall(Kitchen kitchen) {
            kitchen.say(FIRST);
            brokerIsAwayThreeTimes(kitchen, true);
        }
    };

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** Less than a disk needs for a note: {@link Kitchen#DISK_TAKES}. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private static final Duration TWO_DAYS = Duration.ofDays(2);

    /** What befalls the errand's message, from now on. */
    abstract void befall(Kitchen kitchen);

    /** When the machine is given power for the first time. */
    Duration machineStarts() {
        return Duration.ZERO;
    }

    /** After this nothing happens any more. */
    Duration lasts() {
        return Duration.ofMinutes(45);
    }

    /** While a command or an approach is being noted, and in the keeping warm; who said it says it again. */
    private static void brokerIsAwayThreeTimes(Kitchen kitchen, boolean forgetful) {
        kitchen.in(A_MOMENT, () -> kitchen.brokerIsAway(Duration.ofSeconds(10), forgetful));
        kitchen.in(Duration.ofMinutes(3).plus(A_MOMENT), () -> kitchen.brokerIsAway(Duration.ofSeconds(20), forgetful));
        kitchen.in(Duration.ofMinutes(10), () -> kitchen.brokerIsAway(Duration.ofSeconds(30), forgetful));
        if (forgetful) {
            kitchen.in(Duration.ofSeconds(15), () -> kitchen.say(FIRST));
        }
    }
}
