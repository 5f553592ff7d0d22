/** A module of others. */
module outside {
    requires dev.weft;
    requires dev.weft.test;
    requires dev.weft.jdbc;
}
