package dev.weft.cli.manual;

import java.util.Locale;

/** A shell that can complete command lines. */
public enum Shell {
    BASH,
    ZSH,
    FISH;

    /** The script that the shell reads to complete the command and its subcommands. */
    public String completion(Manual manual) {
        return switch (this) {
            case BASH -> BashCompletion.script(manual);
            case ZSH -> ZshCompletion.script(manual);
            case FISH -> FishCompletion.script(manual);
        };
    }

    /** As in {@code bash}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
