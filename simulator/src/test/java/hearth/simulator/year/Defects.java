package hearth.simulator.year;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.Timers;
import hearth.common.store.Store;
import hearth.common.value.Celsius;
import hearth.common.value.Pin;
import hearth.common.value.Reading;
import hearth.simulator.observer.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Devices that are not what they should be: each a small wrapper between a sound device and its skin. */
enum Defects implements Tampering {
    HEAT_AND_COOL_TOGETHER(Rule.NEVER_BOTH) {
        @Override
        public Hal hal(String node, Hal hal, Timers timers) {
            return new Wires(hal) {
                private boolean heats;

                @Override
                public Relay relay(Pin pin) {
                    Relay relay = hal.relay(pin);
                    return on -> {
                        heats = pin.number() == Installation.HEAT_PIN ? on : heats;
                        relay.set(on || (pin.number() == Installation.COOL_PIN && heats));
                    };
                }
            };
        }
    },
    A_BOOT_IS_NO_SWITCH_OFF(Rule.REST) {
        @Override
        public Timers timers(String node, Timers timers) {
            return new Clocks(timers) {
                private boolean booted;

                @Override
                public Instant instant() {
                    Instant now = timers.clock().instant();
                    boolean first = !booted;
                    booted = true;
                    return first ? now.minus(Duration.ofDays(1)) : now;
                }
            };
        }
    },
    STALE_READINGS_ARE_TRUSTED(Rule.FRESH_READINGS) {
        @Override
        public Hal hal(String node, Hal hal, Timers timers) {
            return new Wires(hal) {
                private Reading last = new Reading.Failed("sensor-missing", "");

                @Override
                public Thermometer thermometer(String address) {
                    Thermometer thermometer = hal.thermometer(address);
                    return () -> {
                        Reading reading = thermometer.read();
                        last = reading instanceof Reading.Measured ? reading : last;
                        return last;
                    };
                }
            };
        }
    },
    STRICT_THRESHOLDS(Rule.BAND) {
        @Override
        public Hal hal(String node, Hal hal, Timers timers) {
            return new Wires(hal) {
                @Override
                public Thermometer thermometer(String address) {
                    Thermometer thermometer = hal.thermometer(address);
                    return () -> node.equals("airco") ? nudged(thermometer.read()) : thermometer.read();
                }
            };
        }

        @Override
        public Bus bus(String node, Bus bus) {
            return new Line(bus) {
                @Override
                Incoming in(Incoming message) {
                    String text = new String(message.payload(), StandardCharsets.UTF_8);
                    String nudged = text.equals("18.00") ? "18.06" : text.equals("22.00") ? "21.94" : text;
                    byte[] payload = nudged.getBytes(StandardCharsets.UTF_8);
                    boolean reading = message.topic().endsWith("/temperature");
                    return reading
                            ? new Incoming(
                                    message.topic(), payload, message.retained(), message.lifetimeS(), message.leftS())
                            : message;
                }
            };
        }
    },
    RETAINED_COMMANDS_ACT(Rule.LAWFUL_COMMANDS) {
        @Override
        public Bus bus(String node, Bus bus) {
            return new Line(bus) {
                @Override
                Incoming in(Incoming message) {
                    return new Incoming(
                            message.topic(), message.payload(), false, message.lifetimeS(), message.leftS());
                }
            };
        }
    },
    BREWS_AGAIN_AFTER_A_CRASH(Rule.ONE_BREW) {
        @Override
        public Store store(String node, Store store) {
            return new Store() {
                @Override
                public Saved read() {
                    return new Saved(Map.of(), false);
                }

                @Override
                public void write(Map<String, String> notes) throws IOException {
                    store.write(notes);
                }
            };
        }
    },
    MAX_ON_IS_IGNORED(Rule.MAX_ON) {
        @Override
        public List<String> settings(String node, List<String> settings) {
            List<String> more = new ArrayList<>(settings);
            if (node.equals("airco")) {
                more.add("airco.heat.max-on = 24h");
                more.add("airco.cool.max-on = 24h");
            }
            return more;
        }
    },
    SAYS_WHAT_IT_WISHES(Rule.SAID_IS_DONE) {
        @Override
        public Hal hal(String node, Hal hal, Timers timers) {
            return new Wires(hal) {
                @Override
                public Relay relay(Pin pin) {
                    Relay relay = hal.relay(pin);
                    return on -> {
                        try {
                            relay.set(on);
                        } catch (IOException e) {
                            // As if nothing had been.
                        }
                    };
                }
            };
        }
    },
    SET_POINT_OUT_OF_BOUNDS(Rule.SET_POINT) {
        @Override
        public Bus bus(String node, Bus bus) {
            return new Line(bus) {
                @Override
                Outgoing out(Outgoing message) {
                    return message.topic().endsWith("/target") && text(message).equals("20.0")
                            ? changed(message, "32.0")
                            : message;
                }
            };
        }
    },
    TWO_APPROACHES_A_TRIP(Rule.ONE_APPROACH) {
        @Override
        public Bus bus(String node, Bus bus) {
            return new Line(bus) {
                private int told;

                @Override
                Outgoing out(Outgoing message) {
                    return message.topic().endsWith("/approach")
                            ? changed(message, text(message).replace("\"trip\":\"", "\"trip\":\"" + told++ + "-"))
                            : message;
                }
            };
        }
    };

    /** The rule that should catch it. */
    final Rule rule;

    Defects(Rule rule) {
        this.rule = rule;
    }

    /** Exactly 18 is not below it, exactly 22 not above. */
    private static Reading nudged(Reading reading) {
        if (reading instanceof Reading.Measured measured) {
            double celsius = measured.temperature().degrees();
            return celsius == 18 || celsius == 22
                    ? new Reading.Measured(Celsius.of(celsius == 18 ? 18.0625 : 21.9375))
                    : reading;
        }
        return reading;
    }

    private static String text(Outgoing message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static Outgoing changed(Outgoing message, String text) {
        return new Outgoing(
                message.topic(),
                text.getBytes(StandardCharsets.UTF_8),
                message.qos(),
                message.retained(),
                message.until());
    }

    /** A board as it is; what is wrong with it is said by who extends it. */
    private static class Wires implements Hal {
        private final Hal hal;

        Wires(Hal hal) {
            this.hal = hal;
        }

        @Override
        public Thermometer thermometer(String address) {
            return hal.thermometer(address);
        }

        @Override
        public Relay relay(Pin pin) {
            return hal.relay(pin);
        }

        @Override
        public Switch input(Pin pin) {
            return hal.input(pin);
        }

        @Override
        public PositionSource receiver(String host, int port) {
            return hal.receiver(host, port);
        }

        @Override
        public List<Problem> problems(Wiring wiring) {
            return hal.problems(wiring);
        }
    }

    /** A line to the broker as it is. */
    private static class Line implements Bus {
        private final Bus bus;

        Line(Bus bus) {
            this.bus = bus;
        }

        Incoming in(Incoming message) {
            return message;
        }

        Outgoing out(Outgoing message) {
            return message;
        }

        @Override
        public boolean connect(Duration patience) {
            return bus.connect(patience);
        }

        @Override
        public void disconnect(Duration patience) {
            bus.disconnect(patience);
        }

        @Override
        public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
            return bus.subscribe(subscription, message -> listener.accept(in(message)), patience);
        }

        @Override
        public boolean unsubscribe(String topic, Duration patience) {
            return bus.unsubscribe(topic, patience);
        }

        @Override
        public void publish(Outgoing message, Consumer<Boolean> settled) {
            bus.publish(out(message), settled);
        }

        @Override
        public Counts counts() {
            return bus.counts();
        }
    }

    private abstract static class Clocks implements Timers, InstantSource {
        private final Timers timers;

        Clocks(Timers timers) {
            this.timers = timers;
        }

        @Override
        public InstantSource clock() {
            return this;
        }

        @Override
        public void every(String name, Duration period, Runnable task) {
            timers.every(name, period, task);
        }

        @Override
        public Executor worker(String name) {
            return timers.worker(name);
        }
    }
}
