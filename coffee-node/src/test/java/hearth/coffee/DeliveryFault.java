package hearth.coffee;

import java.time.Duration;

/** What happens to a message between its publisher and the coffee machine. */
enum DeliveryFault {
    ONCE {
        @Override
        void apply(CoffeeRig rig) {
            rig.send(FIRST);
        }
    },
    DOUBLED {
        @Override
        void apply(CoffeeRig rig) {
            rig.send(FIRST);
            rig.after(A_MOMENT, () -> rig.send(FIRST));
        }
    },
    /** The second of two overtakes the first. */
    REORDERED {
        @Override
        void apply(CoffeeRig rig) {
            rig.send(SECOND);
            rig.after(A_MOMENT, () -> rig.send(FIRST));
        }
    },
    /** Published with the retain flag before the machine is on, and once more when it is. */
    RETAINED {
        @Override
        void apply(CoffeeRig rig) {
            rig.sendRetained(FIRST);
            rig.after(Duration.ofSeconds(90), () -> rig.sendRetained(FIRST));
        }

        @Override
        Duration startDelay() {
            return Duration.ofMinutes(1);
        }
    },
    /** The machine has no network until the message has expired. */
    EXPIRED {
        @Override
        void apply(CoffeeRig rig) {
            rig.unplug(rig.request().expiry().plusSeconds(1));
            rig.send(FIRST);
        }
    },
    /** Another client publishes the same message again two days later. */
    REPLAYED {
        @Override
        void apply(CoffeeRig rig) {
            rig.send(FIRST);
            rig.after(TWO_DAYS, () -> rig.send(FIRST));
        }

        @Override
        Duration duration() {
            return TWO_DAYS.plus(super.duration());
        }
    },
    BROKER_RESTARTED {
        @Override
        void apply(CoffeeRig rig) {
            rig.send(FIRST);
            stopBrokerThreeTimes(rig, false);
        }
    },
    BROKER_FORGOT {
        @Override
        void apply(CoffeeRig rig) {
            rig.send(FIRST);
            stopBrokerThreeTimes(rig, true);
        }
    };

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** Shorter than the time a disk needs to save: {@link CoffeeRig#DISK_TAKES}. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private static final Duration TWO_DAYS = Duration.ofDays(2);

    /** Publishes the request with this fault, from now on. */
    abstract void apply(CoffeeRig rig);

    /** When the machine is switched on for the first time. */
    Duration startDelay() {
        return Duration.ZERO;
    }

    /** The length of a run. */
    Duration duration() {
        return Duration.ofMinutes(45);
    }

    /** While the id is being saved, during the brew, and during keep-warm. The publisher sends its message again. */
    private static void stopBrokerThreeTimes(CoffeeRig rig, boolean losesData) {
        rig.after(A_MOMENT, () -> rig.brokerIsAway(Duration.ofSeconds(10), losesData));
        rig.after(Duration.ofMinutes(3).plus(A_MOMENT), () -> rig.brokerIsAway(Duration.ofSeconds(20), losesData));
        rig.after(Duration.ofMinutes(10), () -> rig.brokerIsAway(Duration.ofSeconds(30), losesData));
        if (losesData) {
            rig.after(Duration.ofSeconds(15), () -> rig.send(FIRST));
        }
    }
}
