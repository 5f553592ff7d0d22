/** The transport that JGroups carries: membership, delivery, TLS. */
@NullMarked
package dev.weft.cluster.internal.jgroups;

import org.jspecify.annotations.NullMarked;
