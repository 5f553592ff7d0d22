package dev.weft.shop;

import io.micrometer.tracing.Tracer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables. */
@Repository
class Orders {

    private final JdbcClient database;
    private final Tracer tracer;

    Orders(JdbcClient database, Tracer tracer) {
        this.database = database;
        this.tracer = tracer;
    }

    /**
     * One value of a query, and the context that it ran in.
     *
     * @param value by the database
     * @param seen where it was asked
     */
    record Found(String value, Seen seen) {}

    Found item(int order) {
        return found("item", "select item from orders where id = ?", order);
    }

    Found customer(int order) {
        return found("customer", "select customer from orders where id = ?", order);
    }

    long count() {
        return database.sql("select count(*) from orders").query(Long.class).single();
    }

    /** Takes {@code seconds} in the database. */
    void slow(double seconds) {
        database.sql("select 1 from pg_sleep(?)")
                .param(seconds)
                .query(Integer.class)
                .single();
    }

    private Found found(String part, String query, int order) {
        var seen = Seen.here(part, tracer);
        return new Found(database.sql(query).param(order).query(String.class).single(), seen);
    }
}
