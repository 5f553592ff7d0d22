package outside;

import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service with the starter and nothing else of Weft's. */
@SpringBootApplication
@RestController
public class Service {

    public static void main(String[] arguments) {
        SpringApplication.run(Service.class, arguments);
    }

    @GetMapping("/context")
    List<String> context() throws InterruptedException {
        MDC.put("order", "17");
        return Weft.gather(() -> MDC.get("order"), () -> MDC.get("order"));
    }

    @GetMapping("/slow")
    String slow() throws TimeoutException, InterruptedException {
        return Weft.timeout(Duration.ofMillis(100), () -> {
            Weft.sleep(Duration.ofHours(1));
            return "never";
        });
    }

    @GetMapping("/wait")
    List<String> waiting() throws InterruptedException {
        return Weft.gather(List.of(() -> {
            Weft.sleep(Duration.ofHours(1));
            return "never";
        }));
    }
}
