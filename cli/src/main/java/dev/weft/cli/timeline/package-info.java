/**
 * Pictures of what ran when: what is in them, and the forms in which they are written. Nothing here knows of a fetch.
 */
@NullMarked
package dev.weft.cli.timeline;

import org.jspecify.annotations.NullMarked;
