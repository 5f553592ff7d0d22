package dev.weft.cli.command;

import dev.weft.cli.certificates.CannotMakeException;
import dev.weft.cli.certificates.MemberCertificates;
import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.files.Reason;
import dev.weft.cli.model.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft certificates}: keys for the members of a cluster. */
@Command(
        name = "certificates",
        description = {
            "Makes certificates for the members of a cluster.",
            "",
            "Without --for: one certificate that all members share, and no way to make another. With --for: a folder"
                    + " for each member, and one for the authority (ca), which signs those that are named later; its"
                    + " key belongs on no member. Made by the JDK's keytool; nothing is written over."
        },
        sortOptions = false,
        customSynopsis = "weft certificates [OPTIONS] DIR",
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nFolder:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft certificates tls                    for one machine, or for a try",
            "  weft certificates keys --for w1,w2,w3    then: weft worker --tls keys/w1",
            "  weft certificates keys --for w4          later, by the same authority",
            "",
            "Exit: 0 made, 2 wrong usage or something is there, 69 there is no keytool, 74 cannot be written,"
                    + " 130 Ctrl-C."
        })
public final class CertificatesCommand implements Callable<Integer> {

    private static final int DEFAULT_DAYS = 825;

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1",
            paramLabel = "DIR",
            converter = Converters.PathName.class,
            description = "Where ca.pem, cert.pem and key.pem are written, or a folder with these for each name.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(
            names = "--for",
            paramLabel = "NAME",
            split = ",",
            description = "A member that gets its own: the name of a host, or what you like. With commas, or repeated.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--days",
            paramLabel = "N",
            converter = Converters.AtLeastOne.class,
            description = "How long members' certificates are good; the authority's is for ten years. Default: 825.")
    private Integer days = DEFAULT_DAYS;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    public CertificatesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        return context.inRun(this::make);
    }

    private void check() {
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
                throw wrong("--for '" + name + "': a name has 1 to 63 letters, digits, dots, - and _, and begins and"
                        + " ends with a letter or digit");
            }
            if (name.equals(MemberCertificates.AUTHORITY) || !seen.add(name)) {
                throw wrong("--for '" + name + "': "
                        + (name.equals(MemberCertificates.AUTHORITY)
                                ? "that is the authority's own folder; take another name"
                                : "it is named twice"));
            }
        }
    }

    private int make() throws InterruptedException {
        var certificates = new MemberCertificates(folder, Path.of(System.getProperty("java.home")), days);
        try {
            if (names.isEmpty()) {
                certificates.makeOne();
                say("made " + folder + ": one certificate for all members, good for " + days + " days");
            } else {
                certificates.make(names);
                say("made "
                        + String.join(
                                ", ",
                                names.stream()
                                        .map(name -> folder.resolve(name).toString())
                                        .toList()) + ", good for " + days + " days; the authority is in "
                        + folder.resolve("ca"));
            }
            return ExitCode.OK;
        } catch (CannotMakeException e) {
            if (e.isUsage()) {
                throw wrong(String.valueOf(e.getMessage()));
            }
            say(String.valueOf(e.getMessage()));
            return ExitCode.UNAVAILABLE;
        } catch (IOException e) {
            say("cannot write in " + folder + ": " + Reason.of(e));
            return ExitCode.CANNOT_WRITE;
        }
    }

    private void say(String line) {
        new Diagnostics(context.io()).line("weft certificates: " + line);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
