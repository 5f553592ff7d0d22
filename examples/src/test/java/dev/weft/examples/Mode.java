package dev.weft.examples;

import java.util.Locale;

/** The runtime that a program runs on, and the arguments that choose it. */
enum Mode {
    EVENT_LOOP,
    PARALLEL("--parallel");

    private final String[] args;

    Mode(String... args) {
        this.args = args;
    }

    String[] args() {
        return args.clone();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
