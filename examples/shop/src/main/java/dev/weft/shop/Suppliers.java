package dev.weft.shop;

import io.micrometer.tracing.Tracer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Calls of other services. */
@Component
class Suppliers implements AutoCloseable {

    private final @Nullable SupplierServer server;
    private final RestClient client;
    private final Tracer tracer;

    Suppliers(RestClient.Builder builder, ShopProperties properties, Tracer tracer) throws IOException {
        this.server = properties.suppliersUrl().isEmpty()
                ? new SupplierServer(() -> Thread.sleep(properties.supplierDelay()))
                : null;
        this.client = builder.baseUrl(server == null ? properties.suppliersUrl() : server.url())
                .requestFactory(new JdkClientHttpRequestFactory())
                .build();
        this.tracer = tracer;
    }

    /** The counts at the caller and at the supplier. */
    Seen[] ask(String supplier, int order) {
        var here = Seen.here(supplier, tracer);
        var there = client.get()
                .uri("/{supplier}/{order}", supplier, order)
                .header(Users.HEADER, here.security())
                .retrieve()
                .body(Seen.class);
        return there == null ? new Seen[] {here} : new Seen[] {here, there};
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
