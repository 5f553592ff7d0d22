package dev.weft.cli.links;

/**
 * A link, where it stands.
 *
 * @param text as it is meant: entities and escapes are decoded
 * @param line counted from 1
 */
public record Link(String text, int line) {}
