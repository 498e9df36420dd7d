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
 * By what the broker knows us, and by what we know the broker. Whether a certificate is valid today is looked at by each
 * connection and not here: a Pi has no clock of its own, and learns the time late.
 */
public final class Identity {

    /** Nobody in particular, who trusts whom Java trusts. Nothing of TLS is loaded for it. */
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
     * This one, with a key to show for it.
     *
     * @param alias the entry that has the key and its certificate
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

    /** This one, believing those authorities and no other. */
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

    /** This one, with a name and a password. */
    public Identity withPassword(String user, byte[] password) {
        return new Identity(key, certificate, authorities, user, password.clone());
    }

    /** Whether it was given anything that only TLS makes use of: then nothing goes over a connection without. */
    public boolean requiresTls() {
        return key != null || authorities != null;
    }

    boolean hasClientKey() {
        return key != null;
    }

    /** What is wrong with our own certificate by this machine's clock, as Java says it; nothing if all is well. */
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

    /** For a connection over TLS. Java verifies the host's name, as the client asks it to unless told otherwise. */
    MqttClientSslConfig tlsConfig() {
        return MqttClientSslConfig.builder()
                .keyManagerFactory(key)
                .trustManagerFactory(authorities)
                .protocols(PROTOCOLS)
                .build();
    }

    /** Tells the broker name and password, if there is one. */
    Mqtt5ClientBuilder authenticate(Mqtt5ClientBuilder client) {
        return password == null
                ? client
                : client.simpleAuth().username(user).password(password).applySimpleAuth();
    }
}
