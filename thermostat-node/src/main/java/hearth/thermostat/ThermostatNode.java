package hearth.thermostat;

import hearth.common.discovery.Entity;
import hearth.common.hal.Relay;
import hearth.common.hal.Wiring;
import hearth.common.history.History;
import hearth.common.history.PastReading;
import hearth.common.message.Common;
import hearth.common.message.Topic;
import hearth.common.mqtt.Conversation;
import hearth.common.runtime.Device;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.Site;
import hearth.common.settings.Settings;
import hearth.common.value.Celsius;
import hearth.common.value.Pin;
import hearth.thermostat.ThermostatInput.Heard;
import hearth.thermostat.ThermostatInput.ModeSet;
import hearth.thermostat.ThermostatInput.PresetSet;
import hearth.thermostat.ThermostatInput.Reset;
import hearth.thermostat.ThermostatInput.Sensed;
import hearth.thermostat.ThermostatInput.TargetSet;
import hearth.thermostat.ThermostatInput.Told;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The thermostat as a program: a sensor, an airco, or both. */
public final class ThermostatNode implements Device<ThermostatSettings> {

    public static void main(String[] args) {
        Launcher.main(new ThermostatNode(), args);
    }

    @Override
    public String program() {
        return "thermostat-node";
    }

    @Override
    public String purpose() {
        return "measures a room's temperature, and heats and cools it";
    }

    @Override
    public List<Topic<?>> topics() {
        return List.of(
                Common.TEMPERATURE,
                PastReading.TOPIC,
                PastReading.ACKNOWLEDGE,
                Reason.TOPIC,
                AircoTopics.TARGET,
                AircoTopics.MODE,
                AircoTopics.PRESET,
                AircoTopics.ACTION,
                AircoTopics.TARGET_SET,
                AircoTopics.MODE_SET,
                AircoTopics.PRESET_SET);
    }

    @Override
    public ThermostatSettings read(Settings settings) {
        return ThermostatSettings.read(settings);
    }

    @Override
    public Wiring wiring(ThermostatSettings settings) {
        Map<String, Pin> outputs = new HashMap<>();
        settings.airco().relays().forEach((side, relay) -> outputs.put(side.output(), relay.pin()));
        Optional<String> sensor =
                settings.senses() ? Optional.of(settings.sensor().address()) : Optional.empty();
        return new Wiring(outputs, Map.of(), sensor);
    }

    @Override
    public List<Entity> entities(ThermostatSettings settings) {
        return ThermostatEntities.of(settings);
    }

    @Override
    public Node<?, ?> assemble(ThermostatSettings settings, Site site) {
        Map<String, Relay> outputs = new HashMap<>();
        wiring(settings)
                .outputs()
                .forEach((output, pin) -> outputs.put(output, site.hal().relay(pin)));
        var node = new Node<>(new Thermostat(settings), Told::new, outputs, site);
        site.conversation().obey(Common.RESET, command -> node.ordered(new Reset(command)));
        if (settings.senses()) {
            sense(settings.sensor(), site, node);
            site.readings().ifPresent(store -> remember(History.begin(store, settings.history(), site), node));
        }
        if (settings.regulates()) {
            listen(settings.airco(), site.conversation(), node);
        }
        return node;
    }

    private static void sense(SensorSettings settings, Site site, Node<?, ThermostatInput> node) {
        Sampler sampler = new Sampler(
                site.hal().thermometer(settings.address()),
                reading -> node.sensed(AircoSettings.LOCAL, new Sensed(reading)),
                site.sensorErrors());
        site.timers().every("sensor", settings.every(), sampler);
    }

    /** What is told the house was accepted; a reading that was not is nobody's later either. */
    private static void remember(History history, Node<?, ?> node) {
        node.alsoTell(publish -> {
            if (publish.topic().equals(Common.TEMPERATURE) && publish.message() instanceof Celsius celsius) {
                history.measured(celsius);
            }
        });
    }

    private static void listen(AircoSettings settings, Conversation house, Node<?, ThermostatInput> node) {
        for (String source : settings.sources()) {
            if (!source.equals(AircoSettings.LOCAL)) {
                follow(source, house, heard -> node.sensed(source, new Heard(source, heard.message(), heard.age())));
            }
        }
        house.obey(AircoTopics.TARGET_SET, command -> node.ordered(new TargetSet(command)));
        house.obey(AircoTopics.MODE_SET, command -> node.ordered(new ModeSet(command)));
        house.obey(AircoTopics.PRESET_SET, command -> node.ordered(new PresetSet(command)));
    }

    private static void follow(
            String source, Conversation house, Consumer<hearth.common.mqtt.Heard<Celsius>> listener) {
        if (OtherSensor.isMeant(source)) {
            OtherSensor other = OtherSensor.of(source);
            house.overhear(other.topic(), other::read, listener);
        } else {
            house.follow(source, Common.TEMPERATURE, listener);
        }
    }
}
