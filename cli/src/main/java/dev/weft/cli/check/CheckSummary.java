package dev.weft.cli.check;

import dev.weft.cli.model.Summary;

/**
 * A check, looked at from its end.
 *
 * @param run its findings, counted, and how it ended
 * @param documents how many were read
 * @param urls how many URLs were asked for
 * @param cached how many were believed without asking
 * @param skipped how many links were not looked at
 */
record CheckSummary(Summary run, int documents, int urls, int cached, int skipped) {}
