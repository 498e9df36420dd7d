package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hearth.testkit.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each package has a software bill of materials (SBOM) in CycloneDX that lists exactly the jars of the package. */
class BillOfMaterialsTest {

    @TempDir
    private Path folder;

    static Stream<String> nodes() {
        return PackagedNodes.names().stream();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void itListsExactlyTheJarsInThePackage(String node) throws Exception {
        Map<String, Object> bill = bill(node);
        Map<String, String> listed = new TreeMap<>();
        for (Map<String, Object> component : objects(bill.get("components"))) {
            listed.put(component.get("name") + "-" + component.get("version") + ".jar", sha256(component));
        }

        Map<String, String> packaged = jars(node);

        assertThat(packaged.remove(node + ".jar")).isNotNull();
        assertThat(listed).isEqualTo(packaged).containsKey("common-" + PackagedNodes.version() + ".jar");
        assertThat(object(object(bill.get("metadata")).get("component")))
                .containsEntry("name", node)
                .containsEntry("version", PackagedNodes.version())
                .containsEntry("type", "application");
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void eachJarHasItsOriginAndItsLicence(String node) throws Exception {
        for (Map<String, Object> component : objects(bill(node).get("components"))) {
            assertThat(component.get("purl"))
                    .isEqualTo("pkg:maven/%s/%s@%s?type=jar"
                            .formatted(component.get("group"), component.get("name"), component.get("version")));
            assertThat(objects(component.get("licenses")))
                    .as("%s", component.get("name"))
                    .isNotEmpty()
                    .allSatisfy(
                            licence -> assertThat(licence.containsKey("license") || licence.containsKey("expression"))
                                    .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aSecondBuildWritesTheSame(String node) throws Exception {
        unpack(node);

        assertThat(Files.readString(folder.resolve("usr/share/doc/" + node + "/sbom.cdx.json")))
                .doesNotContain("\"timestamp\"", "serialNumber");
    }

    private Map<String, Object> bill(String node) throws Exception {
        unpack(node);
        Path file = folder.resolve("usr/share/doc/" + node + "/sbom.cdx.json");
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            json.nextToken();
            Map<String, Object> bill = object(value(json));
            assertThat(bill).containsEntry("bomFormat", "CycloneDX").containsEntry("specVersion", "1.6");
            return bill;
        }
    }

    private Map<String, String> jars(String node) throws Exception {
        Map<String, String> jars = new TreeMap<>();
        try (var files = Files.newDirectoryStream(folder.resolve("usr/lib/" + node + "/lib"))) {
            for (Path file : files) {
                byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                jars.put(file.getFileName().toString(), HexFormat.of().formatHex(sum));
            }
        }
        return jars;
    }

    private void unpack(String node) throws IOException, InterruptedException {
        ProgramRun.lines("dpkg-deb", "-x", PackagedNodes.deb(node).toString(), folder.toString());
    }

    private static String sha256(Map<String, Object> component) {
        return objects(component.get("hashes")).stream()
                .filter(hash -> hash.get("alg").equals("SHA-256"))
                .map(hash -> (String) hash.get("content"))
                .findFirst()
                .orElse("");
    }

    @SuppressWarnings("unchecked") // A JSON object from value().
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // A JSON array of objects from value().
    private static List<Map<String, Object>> objects(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }

    /** The value that begins with the current token: a map, a list, or a text. */
    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json));
            }
            return array;
        }
        return json.getText();
    }
}
