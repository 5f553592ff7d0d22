package dev.weft.internal.task;

import dev.weft.internal.task.DeliveryLincheckTest.Model;
import dev.weft.internal.task.DeliveryLincheckTest.Operations;
import dev.weft.sync.Linearizability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults that {@link DeliveryLincheckTest} must find. Another process runs them at the same time. */
@Tag("lincheck")
class DeliveryCanariesLincheckTest {

    @Test
    void canary_ownThreadDoesNotWaitForTheSender_isFound() {
        Linearizability.assertIsViolated(IgnoresSender.class);
    }

    @Test
    void canary_interruptIsSentAgainWhenNotAsked_isFound() {
        Linearizability.assertIsViolated(SendsTwice.class);
    }

    @Test
    void canary_secondRequestDuringASendIsNotSent_isFound() {
        Linearizability.assertIsViolated(ForgetsSecond.class);
    }

    public static class IgnoresSender extends Operations {
        public IgnoresSender() {
            super(new Model() {
                @Override
                boolean mustAwaitSender(int now) {
                    return false;
                }
            });
        }
    }

    public static class SendsTwice extends Operations {
        public SendsTwice() {
            super(new Model() {
                @Override
                void unparkFromSender(@Nullable Thread target) {
                    interruptFromElsewhere();
                }
            });
        }
    }

    public static class ForgetsSecond extends Operations {
        public ForgetsSecond() {
            super(new Model() {
                private boolean sent;

                @Override
                void interrupt(Thread target) {
                    if (!sent) {
                        sent = true;
                        super.interrupt(target);
                    }
                }
            });
        }
    }
}
