package dev.weft.cli.certificates;

import dev.weft.cli.files.Folder;
import dev.weft.cli.files.Reason;
import dev.weft.cli.files.Sources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Folders with an authority's certificate, a member's certificate and its key: {@code ca.pem}, {@code cert.pem} and
 * {@code key.pem}. Keys are readable by their owner alone, and nothing that is there is written over.
 */
public final class MemberCertificates {

    /** The folder of the authority, beside those of the members. */
    public static final String AUTHORITY = "ca";

    private static final String CA_FILE = "ca.pem";
    private static final String CERTIFICATE_FILE = "cert.pem";
    private static final String KEY_FILE = "key.pem";
    private static final String STORE_FILE = "keys.p12";
    private static final int AUTHORITY_DAYS = 3_650;
    private static final int MAX_PEM = 65_536;

    /** The name that stands for all members, where none is given. */
    private static final String ANY = "weft member";

    private final Path path;
    private final Path java;
    private final int days;

    /**
     * Nothing is made yet.
     *
     * @param path where folders are made
     * @param java the folder of the Java whose keytool makes keys
     * @param days how long members' certificates are good
     */
    public MemberCertificates(Path path, Path java, int days) {
        this.path = path;
        this.java = java;
        this.days = days;
    }

    /**
     * Makes one certificate for all members, in the folder itself. The key of its authority is not kept: no other
     * certificate can be made that goes with it.
     *
     * <p><b>Blocking:</b> some seconds. <b>Cancellation:</b> always a cancellation point; what has been made stays.
     */
    public void makeOne() throws CannotMakeException, IOException, InterruptedException {
        Folder.make(path);
        try (var folder = Folder.open(path)) {
            for (var name : List.of(CA_FILE, CERTIFICATE_FILE, KEY_FILE)) {
                refuseToReplace(folder, name);
            }
            with(folder, false, List.of(ANY), keys -> write(folder, keys, 0));
        }
    }

    /**
     * Makes a folder for each member. The authority is made when it is not there, and signs the certificates of members
     * that are named later.
     *
     * <p><b>Blocking:</b> some seconds. <b>Cancellation:</b> always a cancellation point; what has been made stays.
     */
    public void make(List<String> names) throws CannotMakeException, IOException, InterruptedException {
        Folder.make(path);
        try (var folder = Folder.open(path)) {
            for (var name : names) {
                refuseToReplace(folder, name);
            }
            var isThere = folder.has(AUTHORITY);
            with(folder, isThere, names, keys -> {
                if (!isThere) {
                    try (var authority = folder.newFolder(AUTHORITY)) {
                        write(authority, CA_FILE, keys.certificate(AUTHORITY));
                        write(authority, KEY_FILE, keys.key(AUTHORITY));
                    }
                }
                for (var i = 0; i < names.size(); i++) {
                    try (var member = folder.newFolder(names.get(i))) {
                        write(member, keys, i);
                    }
                }
            });
        }
    }

    private void refuseToReplace(Folder folder, String name) throws IOException, CannotMakeException {
        if (folder.has(name)) {
            throw new CannotMakeException(
                    path.resolve(name) + " is there, and is not written over: remove it, or take another folder", true);
        }
    }

    /** Keys that have been made. */
    private record Keys(KeyStore store, String password) {
        String certificate(String alias) throws GeneralSecurityException {
            return Pem.of(store.getCertificate(alias));
        }

        String key(String alias) throws GeneralSecurityException {
            return Pem.of(store.getKey(alias, password.toCharArray()));
        }
    }

    /** The work on the keys. */
    private interface Use {
        void of(Keys keys) throws GeneralSecurityException, IOException;
    }

    /** Has keys made in a folder of their own, which nobody else may look into, and takes that away. */
    private void with(Folder folder, boolean isThere, List<String> names, Use use)
            throws CannotMakeException, IOException, InterruptedException {
        var password = UUID.randomUUID().toString();
        var apart = ".weft-keys-" + UUID.randomUUID();
        var file = path.resolve(apart).resolve(STORE_FILE);
        var keytool = Keytool.on(file, password, java);
        try (var keys = folder.newFolder(apart)) {
            try {
                if (isThere) {
                    importAuthority(keys, password);
                } else {
                    keytool.makeKeys(
                            AUTHORITY,
                            "weft authority",
                            AUTHORITY_DAYS,
                            List.of("-ext", "bc:critical=ca:true", "-ext", "ku:critical=keyCertSign,cRLSign"));
                }
                for (var i = 0; i < names.size(); i++) {
                    keytool.makeKeys(alias(i), names.get(i), days, signedFor(names.get(i)));
                }
                use.of(new Keys(load(file, password), password));
            } finally {
                keys.delete(STORE_FILE);
            }
        } catch (GeneralSecurityException e) {
            throw new CannotMakeException("the keys cannot be used: " + e.getMessage(), false);
        } finally {
            folder.deleteFolder(apart);
        }
    }

    private static String alias(int number) {
        return "member" + number;
    }

    private static List<String> signedFor(String name) {
        var said = new ArrayList<>(List.of("-signer", AUTHORITY, "-ext", "eku=serverAuth,clientAuth"));
        if (!name.equals(ANY)) {
            said.add("-ext");
            said.add((name.matches("[0-9.]+") ? "san=ip:" : "san=dns:") + name);
        }
        return said;
    }

    private void importAuthority(Folder keys, String password)
            throws CannotMakeException, IOException, GeneralSecurityException {
        var authority = path.resolve(AUTHORITY);
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                AUTHORITY, Pem.key(read(authority.resolve(KEY_FILE))), password.toCharArray(), new Certificate[] {
                    Pem.certificate(read(authority.resolve(CA_FILE)))
                });
        try (var to = Channels.newOutputStream(keys.createPrivate(STORE_FILE))) {
            store.store(to, password.toCharArray());
        }
    }

    private static byte[] read(Path file) throws IOException, CannotMakeException {
        try (var in = Sources.openFile(file)) {
            return in.readNBytes(MAX_PEM);
        } catch (IOException e) {
            throw new CannotMakeException(
                    "the authority cannot be read, " + file + ": " + Reason.of(e)
                            + "; take another folder for a new one",
                    true);
        }
    }

    private static KeyStore load(Path file, String password) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Sources.openFile(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private static void write(Folder folder, Keys keys, int number) throws GeneralSecurityException, IOException {
        write(folder, CA_FILE, keys.certificate(AUTHORITY));
        write(folder, CERTIFICATE_FILE, keys.certificate(alias(number)));
        write(folder, KEY_FILE, keys.key(alias(number)));
    }

    private static void write(Folder folder, String name, String text) throws IOException {
        try (var to = name.equals(KEY_FILE) ? folder.createPrivate(name) : folder.create(name)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }
    }
}
