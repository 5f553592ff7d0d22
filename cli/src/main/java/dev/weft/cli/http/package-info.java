/**
 * One try of one URL with the JDK's client: {@link dev.weft.cli.http.Fetcher} finds the host, sends the request,
 * follows redirects and reads the body, under one limit. {@link dev.weft.cli.http.FailureClassifier} names the kind of
 * a failure.
 */
@NullMarked
package dev.weft.cli.http;

import org.jspecify.annotations.NullMarked;
