package hearth.systemd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The content of one POM file, without inherited content. */
record Pom(Element project) {

    static Pom of(Path file) {
        try {
            return new Pom(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new AssertionError(file + " is XML", e);
        }
    }

    /** The text of the first element at a path; empty if there is none. */
    String text(String... path) {
        List<String> all = all(path);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** The texts of all elements at a path. */
    List<String> all(String... path) {
        List<Node> found = List.of(project);
        for (String name : path) {
            List<Node> inside = new ArrayList<>();
            for (Node outer : found) {
                for (Node node = outer.getFirstChild(); node != null; node = node.getNextSibling()) {
                    if (node.getNodeName().equals(name)) {
                        inside.add(node);
                    }
                }
            }
            found = inside;
        }
        return found.stream().map(node -> node.getTextContent().strip()).toList();
    }
}
