package hearth.common.mqtt;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;

/**
 * Why there is no connection over TLS, in words that name what to mend. Java says of most of it that it is unable to find
 * a valid certification path to the requested target.
 */
final class TlsDiagnosis {

    private static final String ALERT = "Received fatal alert: ";

    private final String host;
    private final Identity identity;

    TlsDiagnosis(String host, Identity identity) {
        this.host = host;
        this.identity = identity;
    }

    /** @param otherwise what to say if it has nothing to do with TLS */
    String describe(Throwable cause, String otherwise) {
        List<Throwable> causes = causes(cause);
        for (Throwable each : causes) {
            if (each instanceof CertificateExpiredException) {
                return "the broker's certificate has run out (" + each.getMessage() + "): make it a new one;"
                        + " or this machine's clock is wrong: see timedatectl";
            }
            if (each instanceof CertificateNotYetValidException) {
                return "the broker's certificate is not valid yet (" + each.getMessage() + "): this machine's clock is"
                        + " wrong, and it connects once that is right: see timedatectl";
            }
        }
        for (Throwable each : causes) {
            if (each instanceof CertPathBuilderException || each instanceof CertPathValidatorException) {
                return "the broker's certificate is signed by nobody that is trusted here: broker.ca must be the"
                        + " certificate of who did";
            }
            if (each.getClass().equals(CertificateException.class)) {
                return "the broker's certificate is not made for " + host + " (" + each.getMessage()
                        + "): broker.urls wants a name that it has";
            }
        }
        int at = otherwise.indexOf(ALERT);
        if (at >= 0) {
            return alert(otherwise.substring(at + ALERT.length()));
        }
        boolean other = otherwise.contains("not an SSL/TLS record");
        return other || otherwise.startsWith("Connection reset")
                ? (other ? "something else" : otherwise) + " in the place of an answer in TLS: is it that port?"
                : otherwise;
    }

    /** @param alert by the names of RFC 8446, section 6.2 */
    private String alert(String alert) {
        if (!identity.hasClientKey()) {
            return "the broker wants a certificate of this node (" + alert + "): set broker.key-store";
        }
        if (alert.equals("certificate_revoked")) {
            return "the broker does not take this node's certificate (" + alert
                    + "): it was revoked, or there is a newer" + " one: see hearth-enrol --list";
        }
        String wrong = identity.certificateProblem();
        if (!wrong.isEmpty()) {
            return "the broker does not take this node's certificate (" + alert
                    + "), which by this machine's clock is not" + " valid today (" + wrong
                    + "): make it a new one, or see timedatectl";
        }
        return "the broker does not take this node's certificate (" + alert + "): one of the broker's own CA is wanted,"
                + " valid by the broker's clock";
    }

    private static List<Throwable> causes(Throwable cause) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = cause; each != null; each = each.getCause()) {
            causes.add(each);
        }
        return causes;
    }
}
