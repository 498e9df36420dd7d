package hearth.common.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The node's key and certificate or password for the broker, and the CA certificates that the node trusts. The validity
 * dates of a certificate are checked by each connection and not here: a Pi has no clock with a battery, and gets the
 * time late.
 */
public final class Identity {

    /** No key, no password, and Java's trust store. Loads no TLS classes. */
    public static final Identity NONE = new Identity(null, null, null, "", null);

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final String KIND = "PKIX";

    private final @Nullable KeyManagerFactory key;
    private final @Nullable X509Certificate certificate;
    private final @Nullable TrustManagerFactory authorities;
    private final String user;
    private final byte @Nullable [] password;

    private Identity(
            @Nullable KeyManagerFactory key,
            @Nullable X509Certificate certificate,
            @Nullable TrustManagerFactory authorities,
            String user,
            byte @Nullable [] password) {
        this.key = key;
        this.certificate = certificate;
        this.authorities = authorities;
        this.user = user;
        this.password = password;
    }

    /**
     * A copy with a client key.
     *
     * @param alias  the entry with the key and its certificate
     * @param secret of the store, and of the key
     */
    public Identity withKey(KeyStore store, String alias, char[] secret) throws GeneralSecurityException {
        Certificate ownCertificate = store.getCertificate(alias);
        if (!(ownCertificate instanceof X509Certificate x509)) {
            throw new CertificateException("the key has no certificate");
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KIND);
        factory.init(store, secret);
        return new Identity(factory, x509, authorities, user, password);
    }

    /** A copy that trusts only these certificate authorities. */
    public Identity withAuthorities(Collection<? extends Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry(Integer.toString(store.size()), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(KIND);
        factory.init(store);
        return new Identity(key, certificate, factory, user, password);
    }

    /** A copy with a user name and a password. */
    public Identity withPassword(String user, byte[] password) {
        return new Identity(key, certificate, authorities, user, password.clone());
    }

    /** Whether it has a key or a CA, which only TLS uses: then a connection without TLS is not allowed. */
    public boolean requiresTls() {
        return key != null || authorities != null;
    }

    boolean hasClientKey() {
        return key != null;
    }

    /** Why the client certificate is not valid by the clock of this machine, in Java's words; empty if it is valid. */
    String certificateProblem() {
        X509Certificate ownCertificate = certificate;
        if (ownCertificate != null) {
            try {
                ownCertificate.checkValidity();
            } catch (CertificateException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return "";
    }

    /** For a connection with TLS. The client verifies the host name by default. */
    MqttClientSslConfig tlsConfig() {
        return MqttClientSslConfig.builder()
                .keyManagerFactory(key)
                .trustManagerFactory(authorities)
                .protocols(PROTOCOLS)
                .build();
    }

    /** Adds user name and password, if there is a password. */
    Mqtt5ClientBuilder authenticate(Mqtt5ClientBuilder client) {
        return password == null
                ? client
                : client.simpleAuth().username(user).password(password).applySimpleAuth();
    }
}
