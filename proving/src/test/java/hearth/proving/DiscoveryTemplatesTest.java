package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.homeassistant.DiscoveryFormat;
import hearth.common.json.Json;
import hearth.common.message.Approach;
import hearth.common.message.FaultCode;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.HealthMessages;
import hearth.common.value.Celsius;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.common.value.Reading;
import hearth.proving.Jinja.TemplateInput;
import hearth.proving.Jinja.TemplateResult;
import hearth.testkit.MemoryHal;
import hearth.testkit.VirtualNodes;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The results of the templates in the discovery messages, rendered with the engine of Home Assistant and the payloads
 * of the nodes. Uses the messages of single components; those of a whole device have the same templates, see {@link
 * DiscoveryDocTest}.
 */
@Tag("python")
class DiscoveryTemplatesTest {

    private static final String TEMPLATE = "_tpl";
    private static final String ATTIC_TOPIC = "zigbee2mqtt/Attic";

    /** @param config the discovery message of the entity */
    private record EntityTemplate(String entity, String option, String topic, String text, Map<String, Object> config) {

        String name() {
            return entity + " " + option;
        }
    }

    private record RenderedTemplate(EntityTemplate template, String payload, TemplateResult rendered) {

        String output() {
            return rendered.output();
        }

        @Override
        public String toString() {
            return template.name() + " of '" + payload + "': " + template.text() + " is '" + output() + "' "
                    + rendered.error();
        }
    }

    /** The results for all payloads of the nodes. */
    private static final List<RenderedTemplate> OUTCOMES = new ArrayList<>();

    /** The results for an empty payload, which arrives when a retained message is deleted. */
    private static final List<RenderedTemplate> EMPTY_PAYLOAD_OUTCOMES = new ArrayList<>();

    @BeforeAll
    static void renderAll(@TempDir Path folder) throws IOException, InterruptedException {
        Map<String, List<String>> recorded = payloadsByTopic(folder);
        List<RenderedTemplate> requests = new ArrayList<>();
        for (EntityTemplate template : templates()) {
            String topic =
                    template.topic.equals(ATTIC_TOPIC) ? ATTIC_TOPIC : template.topic.replaceFirst("home/[^/]+/", "");
            assertThat(recorded).as("payloads of %s", template.topic).containsKey(topic);
            recorded.get(topic)
                    .forEach(payload ->
                            requests.add(new RenderedTemplate(template, payload, new TemplateResult("", ""))));
        }
        OUTCOMES.addAll(rendered(folder, requests));
        List<RenderedTemplate> emptied = requests.stream()
                .filter(one -> !one.template.text.contains("value_json"))
                .map(one -> new RenderedTemplate(one.template, "", one.rendered))
                .distinct()
                .toList();
        EMPTY_PAYLOAD_OUTCOMES.addAll(rendered(folder, emptied));
        System.out.printf(
                "Home Assistant's templates: %d, rendered %d times%n",
                requests.stream().map(RenderedTemplate::template).distinct().count(), requests.size() + emptied.size());
    }

    private static List<RenderedTemplate> rendered(Path folder, List<RenderedTemplate> requests)
            throws IOException, InterruptedException {
        List<TemplateResult> rendered = new Jinja(folder)
                .render(requests.stream()
                        .map(one -> new TemplateInput(one.template.text, one.payload))
                        .toList());
        List<RenderedTemplate> outcomes = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            outcomes.add(new RenderedTemplate(requests.get(i).template, requests.get(i).payload, rendered.get(i)));
        }
        return outcomes;
    }

    @AfterAll
    static void clearOutcomes() {
        OUTCOMES.clear();
        EMPTY_PAYLOAD_OUTCOMES.clear();
    }

    @Test
    void noPayloadOfANodeCausesAnErrorOrAnEmptyResult() {
        assertThat(OUTCOMES)
                .hasSizeGreaterThan(300)
                .allMatch(one -> one.rendered.error().isEmpty());
        assertThat(OUTCOMES).noneMatch(one -> one.output().isEmpty());
    }

    @Test
    void aWarningOfHomeAssistantCountsAsAnError(@TempDir Path folder) throws IOException, InterruptedException {
        List<TemplateResult> rendered = new Jinja(folder)
                .render(List.of(
                        new TemplateInput("{{ value_json.nobody }}", "{\"somebody\":1}"),
                        new TemplateInput("{{ value_json.because }}", "boot"),
                        new TemplateInput("{{ value.upper( }}", "boot"),
                        new TemplateInput("{{ value.__class__.__mro__ }}", "boot")));

        assertThat(rendered).noneMatch(one -> one.error().isEmpty());
    }

    @Test
    void withoutARetainedMessageNothingIsOn() {
        assertThat(EMPTY_PAYLOAD_OUTCOMES)
                .hasSizeGreaterThan(30)
                .allMatch(one -> one.rendered.error().isEmpty() && !one.output().isEmpty())
                .noneMatch(one -> one.output().equals("ON"));
    }

    @Test
    void aBinaryValueIsOnOrOff() {
        assertThat(outcomes("binary_sensor", "val_tpl")).isNotEmpty().allMatch(one -> List.of("ON", "OFF")
                .contains(one.output()));
    }

    @Test
    void anAvailabilityIsOnlineOrOffline() {
        List<RenderedTemplate> there = OUTCOMES.stream()
                .filter(one -> one.template.option.equals("avty val_tpl"))
                .toList();

        assertThat(there).isNotEmpty().allMatch(one -> List.of("online", "offline")
                .contains(one.output()));
    }

    @Test
    void aMeasurementIsANumberOrNone() {
        List<RenderedTemplate> measured = OUTCOMES.stream()
                .filter(one -> one.template.option.equals("curr_temp_tpl")
                        || (one.template.option.equals("val_tpl") && one.template.config.containsKey("unit_of_meas")))
                .toList();

        assertThat(measured).hasSizeGreaterThan(10).allMatch(one -> one.output().matches("-?[0-9]+(\\.[0-9]+)?|None"));
        assertThat(shown("attic climate curr_temp_tpl")).containsExactly("17.2");
        assertThat(shown("airco processor val_tpl")).containsExactly("48.3", "None");
        assertThat(shown("airco uptime val_tpl")).containsOnly("600");
        assertThat(shown("car eta val_tpl")).contains("None").anyMatch(eta -> eta.matches("[1-9][0-9]*"));
    }

    @Test
    void aRelayIsOnDuringItsOwnAction() {
        assertThat(pairs("airco heat val_tpl"))
                .isEqualTo(Map.of("off", "OFF", "idle", "OFF", "heating", "ON", "cooling", "OFF"));
        assertThat(pairs("airco cool val_tpl"))
                .isEqualTo(Map.of("off", "OFF", "idle", "OFF", "heating", "OFF", "cooling", "ON"));
        assertThat(pairs("coffee brewing val_tpl"))
                .containsEntry("brewing", "ON")
                .containsEntry("keeping-warm", "OFF");
        assertThat(pairs("coffee brewing val_tpl").values().stream().filter("ON"::equals))
                .hasSize(1);
    }

    @Test
    void aNodeIsOnlineWhenItsStatusIsOnline() {
        assertThat(pairs("sensor online val_tpl")).isEqualTo(Map.of("online", "ON", "offline", "OFF"));
        assertThat(shown("sensor online avty val_tpl")).containsOnly("online");
    }

    @Test
    void everyFaultExceptNoneIsAProblem() {
        Map<String, String> problems = pairs("coffee problem val_tpl");

        assertThat(problems)
                .containsEntry("none", "OFF")
                .hasSize(FaultCodes.all().size() + 1);
        problems.forEach((code, shown) -> assertThat(shown).as(code).isEqualTo(code.equals("none") ? "OFF" : "ON"));
    }

    /** A stuck sensor, or a node with another fault, still measures. */
    @Test
    void aTemperatureIsAvailableUnlessItsSensorIsSilent() {
        List<String> unheard = FaultCodes.all().stream()
                .map(FaultCode::code)
                .filter(code -> code.startsWith("sensor-") && !code.equals("sensor-stuck"))
                .toList();

        assertThat(unheard).contains("sensor-short", "sensor-no-data").hasSizeGreaterThan(8);
        assertThat(withOutcome("sensor temperature avty val_tpl", "offline"))
                .containsExactlyInAnyOrderElementsOf(unheard);
        assertThat(withOutcome("airco climate avty val_tpl", "offline"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(unheard.stream(), Stream.of("no-reading")).toList());
    }

    @Test
    void theTimeToHomeIsAvailableWhileTheCarIsComing() {
        assertThat(pairs("car eta avty val_tpl"))
                .isEqualTo(Map.of("home", "offline", "approaching", "online", "away", "offline"));
    }

    @Test
    void aCarAtHomeIsInTheZoneHomeAndItsPositionIsShownIfPublished() throws IOException {
        for (Map.Entry<String, String> recorded : pairs("car car json_attr_tpl").entrySet()) {
            assertThat(JsonTree.of(recorded.getValue()).get("in_zones"))
                    .isEqualTo(recorded.getKey().equals("home") ? List.of("zone.home") : List.of());
        }
        for (String place : shown("van car json_attr_tpl")) {
            assertThat(JsonTree.of(place).keySet()).containsExactlyInAnyOrder("latitude", "longitude", "gps_accuracy");
            assertThat(JsonTree.of(place).values()).allMatch(Number.class::isInstance);
        }
    }

    @Test
    void aBrewIsAnEventOfAKnownType() throws IOException {
        List<RenderedTemplate> events = outcomes("event", "val_tpl");
        assertThat(events).isNotEmpty();
        for (RenderedTemplate event : events) {
            Map<String, Object> fields = JsonTree.of(event.output());
            assertThat(fields.get("event_type")).isIn((List<?>) event.template.config.get("evt_typ"));
            assertThat(fields).containsEntry("for", "approach").containsKeys("id", "seconds");
        }
    }

    @Test
    void aReasonIsAWord() {
        assertThat(shown("airco reason val_tpl")).contains("boot").allMatch(because -> because.matches("[a-z-]+"));
    }

    private static List<RenderedTemplate> outcomes(String component, String option) {
        return OUTCOMES.stream()
                .filter(one -> component.equals(one.template.config.get("component")))
                .filter(one -> one.template.option.equals(option))
                .toList();
    }

    private static Map<String, String> pairs(String template) {
        Map<String, String> pairs = new LinkedHashMap<>();
        OUTCOMES.stream()
                .filter(one -> one.template.name().equals(template))
                .forEach(one -> pairs.put(one.payload, one.output()));
        assertThat(pairs).as(template).isNotEmpty();
        return pairs;
    }

    private static List<String> shown(String template) {
        return List.copyOf(pairs(template).values());
    }

    private static List<String> withOutcome(String template, String shown) {
        return pairs(template).entrySet().stream()
                .filter(one -> one.getValue().equals(shown))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<EntityTemplate> templates() throws IOException {
        List<EntityTemplate> templates = new ArrayList<>();
        for (DiscoveryDocTest.DiscoveredNode<?> node : DiscoveryDocTest.nodes()) {
            for (Map.Entry<String, String> message :
                    node.discoveryMessages(DiscoveryFormat.COMPONENT, true).entrySet()) {
                String[] levels = message.getKey().split("/", -1);
                Map<String, Object> config = new HashMap<>(JsonTree.of(message.getValue()));
                config.put("component", levels[1]);
                collect(templates, node + " " + levels[3], "", config, config);
                for (Object there : (List<?>) config.get("avty")) {
                    collect(templates, node + " " + levels[3], "avty ", (Map<?, ?>) there, config);
                }
            }
        }
        return templates;
    }

    /** A template belongs to a topic option: {@code json_attr_tpl} to {@code json_attr_t}. */
    private static void collect(
            List<EntityTemplate> templates,
            String entity,
            String where,
            Map<?, ?> options,
            Map<String, Object> config) {
        options.forEach((option, text) -> {
            String name = option.toString();
            if (name.endsWith(TEMPLATE)) {
                String of = name.substring(0, name.length() - TEMPLATE.length());
                String topic = !of.equals("val") ? of + "_t" : where.isEmpty() ? "stat_t" : "t";
                assertThat(options.containsKey(topic))
                        .as("%s of %s", topic, entity)
                        .isTrue();
                templates.add(new EntityTemplate(
                        entity, where + name, options.get(topic).toString(), text.toString(), config));
            }
        });
    }

    /** The possible payloads, by the name of the topic below the node. */
    private static Map<String, List<String>> payloadsByTopic(Path folder) {
        Map<String, List<String>> recorded = recordedPayloads(folder);
        recorded.put("status", List.of("online", "offline"));
        recorded.put(
                "fault",
                Stream.concat(Stream.of("none"), FaultCodes.all().stream().map(FaultCode::code))
                        .toList());
        for (String choice : List.of("action", "phase", "presence")) {
            recorded.put(choice, allowedValues(choice));
        }
        recorded.put(
                "health",
                List.of(HealthMessages.json(OptionalDouble.of(48.3)), HealthMessages.json(OptionalDouble.empty())));
        recorded.get("approach")
                .add(Json.write((Payload.Fields) Approach.TOPIC.codec().write(Approach.cancelled("trip-1"))));
        recorded.put(ATTIC_TOPIC, List.of("{\"linkquality\":120,\"temperature\":17.2}"));
        return recorded;
    }

    /** All values of a topic with a fixed list, taken from the rejection of an unknown value. */
    private static List<String> allowedValues(String name) {
        Topic<?> topic = RenderedDocsTest.devices().stream()
                .flatMap(nodeType -> nodeType.topics().stream())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        try {
            throw new AssertionError(topic.codec().read(new Payload.Text("?")));
        } catch (Malformed e) {
            Matcher expected = Pattern.compile("expected one of (.*)").matcher(e.reason());
            assertThat(expected.find()).as(e.reason()).isTrue();
            return List.of(expected.group(1).split(", ", -1));
        }
    }

    /** The payloads of an airco, a coffee machine and a car while the room cools down and the car comes home. */
    private static Map<String, List<String>> recordedPayloads(Path folder) {
        VirtualNodes nodes = new VirtualNodes(folder);
        MemoryHal airco = nodes.start(new ThermostatNode(), "airco", "airco.heat.gpio = 17", "airco.cool.gpio = 27");
        nodes.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        MemoryHal car = nodes.start(new CarNode(), "car", "car.home = 52.0, 5.0", "car.tell-position = true");
        Map<String, List<String>> recorded = new HashMap<>();
        Bus listener = nodes.broker().bus("listener", "home/listener/status");
        listener.connect(Duration.ZERO);
        for (String topic : List.of("airco/reason", "coffee/brewed", "car/approach", "car/position")) {
            List<String> here = recorded.computeIfAbsent(topic.split("/", -1)[1], name -> new ArrayList<>());
            listener.subscribe(
                    new Subscription("home/" + topic, 1, false),
                    message -> here.add(new String(message.payload(), UTF_8)),
                    Duration.ZERO);
        }
        airco.setReading(new Reading.Measured(Celsius.of(17.5)));
        for (int metres = 15_000; metres >= 0; metres -= 15) {
            car.emitFix(new Fix(new Position(52.0 + metres / 111_195.0, 5.0), 5));
            nodes.advance(Duration.ofSeconds(1));
        }
        nodes.advance(Duration.ofMinutes(30));
        recorded.forEach((topic, payloads) -> assertThat(payloads).as(topic).isNotEmpty());
        return recorded;
    }
}
