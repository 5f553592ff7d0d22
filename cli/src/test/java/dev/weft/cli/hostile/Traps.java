package dev.weft.cli.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Servers that misbehave from the moment of connecting: URLs of them, by name. */
public final class Traps {

    private static final char[] PASSWORD = "secret".toCharArray();

    private Traps() {}

    /** Sets them all on a server. */
    public static Map<String, String> setOn(HostileServer server) throws IOException, GeneralSecurityException {
        var urls = new LinkedHashMap<String, String>();
        urls.put("close", "http://" + server.trap(socket -> {}));
        urls.put("reset", "http://" + server.trap(Traps::reset));
        urls.put("banner", "http://" + server.trap(socket -> say(socket, "220 mail.example ESMTP\r\n")));
        urls.put("tls-silent", "https://" + server.trap(Traps::readOn));
        urls.put("tls-close", "https://" + server.trap(Traps::readSome));
        urls.put(
                "tls-reset",
                "https://"
                        + server.trap(socket -> {
                            readSome(socket);
                            reset(socket);
                        }));
        urls.put(
                "tls-plain",
                "https://"
                        + server.trap(socket -> {
                            readSome(socket);
                            say(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                        }));
        urls.put(
                "tls-garbage",
                "https://"
                        + server.trap(socket -> {
                            readSome(socket);
                            say(socket, "\u0016\u0003\u0003\u0000\u0004zzzz");
                        }));
        // fatal, protocol_version: what a server says that speaks nothing newer than TLS 1.0
        urls.put(
                "tls-refuses",
                "https://"
                        + server.trap(socket -> {
                            readSome(socket);
                            socket.getOutputStream().write(HexFormat.of().parseHex("15030100020246"));
                            readOn(socket);
                        }));
        // a ServerHello that settles on TLS 1.0
        urls.put(
                "tls-1.0",
                "https://"
                        + server.trap(socket -> {
                            readSome(socket);
                            socket.getOutputStream()
                                    .write(HexFormat.of()
                                            .parseHex(
                                                    "160301002a" + "02000026" + "0301" + "5a".repeat(32) + "00c01300"));
                            readOn(socket);
                        }));
        for (var alias : new String[] {"good", "expired", "future", "other-host", "self-signed"}) {
            var context = context(alias);
            urls.put("tls-" + alias, "https://" + server.trap(socket -> serve(socket, context)));
        }
        return urls;
    }

    /** Trusts the authority of these servers. */
    public static SSLContext trusting() throws GeneralSecurityException, IOException {
        var authority = empty();
        authority.setCertificateEntry("trusted", keys().getCertificate("trusted"));
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authority);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }

    private static SSLContext context(String alias) throws GeneralSecurityException, IOException {
        var all = keys();
        var one = empty();
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(one, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    /**
     * Made once: {@code keytool -genkeypair -keyalg EC -alias authority -ext bc:c}, which is also there as
     * {@code trusted}; {@code -alias good -signer authority -ext san=ip:127.0.0.1 -validity 36500}; {@code expired}
     * with {@code -startdate '2020/01/01 00:00:00' -validity 1}, {@code future} with {@code 2120}, {@code other-host}
     * with {@code -ext san=dns:other.example}, {@code self-signed} without {@code -signer}.
     */
    private static KeyStore keys() throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Traps.class.getResourceAsStream("traps.p12")) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        return keys;
    }

    private static void serve(Socket plain, SSLContext context) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
            socket.setUseClientMode(false);
            if (HostileConnection.readHead(socket.getInputStream()) != null) {
                say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                readOn(socket);
            }
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
    }

    private static void readSome(Socket socket) throws IOException {
        var in = socket.getInputStream();
        if (in.read(new byte[4096]) < 0) {
            throw new IOException("the client has gone away");
        }
    }

    private static void readOn(Socket socket) throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}
