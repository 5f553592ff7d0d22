package dev.weft.spring;

import dev.weft.Body;
import dev.weft.TaskListener;
import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** A small service, whose controllers the tests ask. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({TestService.Plain.class, TestService.WithOwnHandler.class})
class TestService {

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(all -> all.anyRequest().permitAll()).build();
    }

    static String body(String what) {
        return switch (what) {
            case "mdc" -> String.valueOf(MDC.get("user"));
            case "security" -> {
                var authentication = SecurityContextHolder.getContext().getAuthentication();
                yield authentication == null ? "none" : authentication.getName();
            }
            default -> {
                var attributes = RequestContextHolder.getRequestAttributes();
                yield attributes == null
                        ? "none"
                        : String.valueOf(attributes.getAttribute("mine", RequestAttributes.SCOPE_REQUEST));
            }
        };
    }

    private static Body<String, Exception> task(String what) {
        return () -> body(what);
    }

    @RestController
    static class Plain {

        @GetMapping("/context")
        Map<String, String> context() throws Exception {
            MDC.put("user", "ada");
            RequestContextHolder.currentRequestAttributes()
                    .setAttribute("mine", "yes", RequestAttributes.SCOPE_REQUEST);
            var before = SecurityContextHolder.getContext();
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new UsernamePasswordAuthenticationToken("grace", "", List.of()));
            SecurityContextHolder.setContext(context);
            try {
                var seen = Weft.gather(task("mdc"), task("security"), task("request"));
                return Map.of(
                        "mdc", seen.get(0),
                        "security", seen.get(1),
                        "request", seen.get(2),
                        "after", body("mdc") + " " + body("security") + " " + body("request"));
            } finally {
                SecurityContextHolder.setContext(before);
                MDC.clear();
            }
        }

        @GetMapping("/slow")
        String slow() throws TimeoutException, InterruptedException {
            return Weft.timeout(Duration.ofMillis(10), () -> {
                Weft.sleep(Weft.FOREVER);
                return "never";
            });
        }

        @GetMapping("/other-timeout")
        String other() throws TimeoutException {
            throw new TimeoutException("somebody else's");
        }

        @GetMapping("/dump/{id}")
        String dump(@PathVariable String id) throws Exception {
            return Weft.gather(List.<Body<String, Exception>>of(() -> Weft.dump() + id))
                    .getFirst();
        }
    }

    @RestController
    static class WithOwnHandler {

        @GetMapping("/own")
        String slow() throws TimeoutException, InterruptedException {
            return new Plain().slow();
        }

        @ExceptionHandler
        @ResponseStatus(code = org.springframework.http.HttpStatus.I_AM_A_TEAPOT)
        String handle(TimeoutException e) {
            return "handled here";
        }
    }

    /** Fails at all that it is told. */
    static final class ThrowingListener implements TaskListener {
        @Override
        public void started(dev.weft.Task<?> task) {
            throw new IllegalStateException("on purpose");
        }
    }
}
