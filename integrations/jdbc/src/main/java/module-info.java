/** Cancels database queries that tasks of Weft wait for. */
module dev.weft.jdbc {
    requires transitive dev.weft;
    requires transitive java.sql;
    requires static org.jspecify;

    exports dev.weft.jdbc;
}
