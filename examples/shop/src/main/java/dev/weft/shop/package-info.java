/** A shop: a service as it is found everywhere, with Weft in it. */
@NullMarked
package dev.weft.shop;

import org.jspecify.annotations.NullMarked;
