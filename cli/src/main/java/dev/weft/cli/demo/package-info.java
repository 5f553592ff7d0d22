/**
 * The server of {@code weft fetch --demo} and {@code weft demo-server}: something on this machine to fetch from that is
 * slow, broken or silent when asked.
 */
@NullMarked
package dev.weft.cli.demo;

import org.jspecify.annotations.NullMarked;
