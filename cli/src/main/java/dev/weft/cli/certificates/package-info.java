/** Certificates for the members of a cluster, made by the JDK's keytool. */
@NullMarked
package dev.weft.cli.certificates;

import org.jspecify.annotations.NullMarked;
