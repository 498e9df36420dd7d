package hearth.common.mqtt;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains why a TLS connection fails, with the remedy. Java's own message is mostly "unable to find valid
 * certification path to requested target".
 */
final class TlsDiagnosis {

    private static final String ALERT = "Received fatal alert: ";

    private final String host;
    private final Identity identity;

    TlsDiagnosis(String host, Identity identity) {
        this.host = host;
        this.identity = identity;
    }

    /** @param otherwise the message if TLS is not the cause */
    String describe(Throwable cause, String otherwise) {
        List<Throwable> causes = causes(cause);
        for (Throwable each : causes) {
            if (each instanceof CertificateExpiredException) {
                return "the broker's certificate has expired (" + each.getMessage() + "): create a new one, or"
                        + " correct the clock of this machine (timedatectl)";
            }
            if (each instanceof CertificateNotYetValidException) {
                return "the broker's certificate is not valid yet (" + each.getMessage() + "): the clock of this"
                        + " machine is wrong (timedatectl); the node connects when the clock is right";
            }
        }
        for (Throwable each : causes) {
            if (each instanceof CertPathBuilderException || each instanceof CertPathValidatorException) {
                return "no trusted CA signed the broker's certificate: broker.ca must be the certificate of the CA"
                        + " that signed it";
            }
            if (each.getClass().equals(CertificateException.class)) {
                return "the broker's certificate is not valid for the name " + host + " (" + each.getMessage()
                        + "): use a name from the certificate in broker.urls";
            }
        }
        int at = otherwise.indexOf(ALERT);
        if (at >= 0) {
            return alert(otherwise.substring(at + ALERT.length()));
        }
        boolean other = otherwise.contains("not an SSL/TLS record");
        return other || otherwise.startsWith("Connection reset")
                ? (other ? "" : otherwise + ": ") + "the answer is not TLS: check the port in broker.urls"
                : otherwise;
    }

    /** @param alert name of the alert in RFC 8446, section 6.2 */
    private String alert(String alert) {
        if (!identity.hasClientKey()) {
            return "the broker requires a client certificate (" + alert + "): set broker.key-store";
        }
        if (alert.equals("certificate_revoked")) {
            return "the broker rejects this node's certificate (" + alert
                    + "): it was revoked or replaced by a newer one; see hearth-enrol --list";
        }
        String problem = identity.certificateProblem();
        if (!problem.isEmpty()) {
            return "the broker rejects this node's certificate (" + alert
                    + "): by the clock of this machine it is not valid today (" + problem
                    + "): create a new one, or correct the clock (timedatectl)";
        }
        return "the broker rejects this node's certificate (" + alert + "): use a certificate that the broker's CA"
                + " signed and that is valid by the broker's clock";
    }

    private static List<Throwable> causes(Throwable cause) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = cause; each != null; each = each.getCause()) {
            causes.add(each);
        }
        return causes;
    }
}
