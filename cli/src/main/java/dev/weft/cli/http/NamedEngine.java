package dev.weft.cli.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;

/**
 * The TLS with a host whose name Java's TLS refuses, as {@code my_service}: it tells the server that name, byte by
 * byte, and looks itself whether the certificate is the host's. The client knows the host by its {@linkplain Addresses
 * alias}.
 *
 * <p>The certificate is compared when the handshake ends, before the client can send anything.
 */
final class NamedEngine extends SSLEngine {

    private static final String HTTPS = "HTTPS";

    private final String host;
    private final boolean checksName;
    private final SSLEngine java;
    /** Whether the client asks for the comparison. */
    private boolean isAsked;

    /**
     * Not connected yet.
     *
     * @param checksName false if each certificate is believed
     */
    NamedEngine(String host, int port, boolean checksName, SSLEngine java) {
        super(host, port);
        this.host = host;
        this.checksName = checksName;
        this.java = java;
    }

    /** A name as it is sent. */
    private static final class SentName extends SNIServerName {
        private SentName(String host) {
            super(StandardConstants.SNI_HOST_NAME, CertificateName.plain(host).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        isAsked = HTTPS.equals(parameters.getEndpointIdentificationAlgorithm());
        java.setSSLParameters(parameters);
        var own = java.getSSLParameters();
        own.setServerNames(List.of(new SentName(host)));
        own.setEndpointIdentificationAlgorithm(
                ""); // Java's own comparison refuses the name, whatever the certificate is
        java.setSSLParameters(own);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to) throws SSLException {
        return compared(java.wrap(from, offset, length, to));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length) throws SSLException {
        return compared(java.unwrap(from, to, offset, length));
    }

    private SSLEngineResult compared(SSLEngineResult result) throws SSLException {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && isAsked && checksName) {
            var certificate = java.getSession().getPeerCertificates()[0];
            if (!(certificate instanceof X509Certificate x509) || !CertificateName.isOf(x509, host)) {
                throw new SSLPeerUnverifiedException("No subject alternative DNS name matching " + host + " found.");
            }
        }
        return result;
    }

    @Override
    public SSLParameters getSSLParameters() {
        return java.getSSLParameters();
    }

    @Override
    public Runnable getDelegatedTask() {
        return java.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        java.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return java.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        java.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return java.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return java.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return java.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        java.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return java.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return java.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        java.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return java.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return java.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        java.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return java.getHandshakeStatus();
    }

    @Override
    public void setUseClientMode(boolean isClient) {
        java.setUseClientMode(isClient);
    }

    @Override
    public boolean getUseClientMode() {
        return java.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean needs) {
        java.setNeedClientAuth(needs);
    }

    @Override
    public boolean getNeedClientAuth() {
        return java.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean wants) {
        java.setWantClientAuth(wants);
    }

    @Override
    public boolean getWantClientAuth() {
        return java.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean creates) {
        java.setEnableSessionCreation(creates);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return java.getEnableSessionCreation();
    }

    @Override
    public String getApplicationProtocol() {
        return java.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return java.getHandshakeApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLEngine, List<String>, String> selector) {
        java.setHandshakeApplicationProtocolSelector(selector);
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return java.getHandshakeApplicationProtocolSelector();
    }
}
