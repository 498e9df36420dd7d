package hearth.coffee;

import java.time.Duration;

/** What becomes of a message between who says it and the coffee machine. */
enum DeliveryFault {
    ONCE {
        @Override
        void apply(CoffeeRig kitchen) {
            kitchen.send(FIRST);
        }
    },
    DOUBLED {
        @Override
        void apply(CoffeeRig kitchen) {
            kitchen.send(FIRST);
            kitchen.after(A_MOMENT, () -> kitchen.send(FIRST));
        }
    },
    /** The second of two overtakes the first. */
    REORDERED {
        @Override
        void apply(CoffeeRig kitchen) {
            kitchen.send(SECOND);
            kitchen.after(A_MOMENT, () -> kitchen.send(FIRST));
        }
    },
    /** Said before the machine is there, with the retain flag, and once more when it is. */
    RETAINED {
        @Override
        void apply(CoffeeRig kitchen) {
            kitchen.sendRetained(FIRST);
            kitchen.after(Duration.ofSeconds(90), () -> kitchen.sendRetained(FIRST));
        }

        @Override
        Duration startDelay() {
            return Duration.ofMinutes(1);
        }
    },
    /** The machine has no network while the message lives. */
    EXPIRED {
        @Override
        void apply(CoffeeRig kitchen) {
            kitchen.unplug(kitchen.request().expiry().plusSeconds(1));
            kitchen.send(FIRST);
        }
    },
    /** Somebody has kept it, and says it again two days later. */
    REPLAYED {
        @Override
        void apply(CoffeeRig kitchen) {
            kitchen.send(FIRST);
            kitchen.after(TWO_DAYS, () -> kitchen.send(FIRST));
        }

        @Override
        Duration duration() {
            return TWO_DAYS.plus(super.duration());
        }
    },
    BROKER_RESTARTED {
        @Override
        void apply(CoffeeRig kitchen) {
            kitchen.send(FIRST);
            brokerIsAwayThreeTimes(kitchen, false);
        }
    },
    BROKER_FORGOT {
        @Override
        void apply(CoffeeRig kitchen) {
            kitchen.send(FIRST);
            brokerIsAwayThreeTimes(kitchen, true);
        }
    };

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** Less than a disk needs for a note: {@link CoffeeRig#DISK_TAKES}. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private static final Duration TWO_DAYS = Duration.ofDays(2);

    /** What befalls the errand's message, from now on. */
    abstract void apply(CoffeeRig kitchen);

    /** When the machine is given power for the first time. */
    Duration startDelay() {
        return Duration.ZERO;
    }

    /** After this nothing happens any more. */
    Duration duration() {
        return Duration.ofMinutes(45);
    }

    /** While a command or an approach is being noted, and in the keeping warm; who said it says it again. */
    private static void brokerIsAwayThreeTimes(CoffeeRig kitchen, boolean forgetful) {
        kitchen.after(A_MOMENT, () -> kitchen.brokerIsAway(Duration.ofSeconds(10), forgetful));
        kitchen.after(
                Duration.ofMinutes(3).plus(A_MOMENT), () -> kitchen.brokerIsAway(Duration.ofSeconds(20), forgetful));
        kitchen.after(Duration.ofMinutes(10), () -> kitchen.brokerIsAway(Duration.ofSeconds(30), forgetful));
        if (forgetful) {
            kitchen.after(Duration.ofSeconds(15), () -> kitchen.send(FIRST));
        }
    }
}
