/** Carries the logging context of SLF4J into the tasks of Weft. */
module dev.weft.slf4j {
    requires transitive dev.weft;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.weft.slf4j;

    provides dev.weft.DefaultsProvider with
            dev.weft.slf4j.MdcDefaults;
}
