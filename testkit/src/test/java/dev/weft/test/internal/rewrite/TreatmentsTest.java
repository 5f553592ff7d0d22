package dev.weft.test.internal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.Opcode;
import java.lang.constant.MethodTypeDesc;
import org.junit.jupiter.api.Test;

class TreatmentsTest {

    private static Treatment of(String owner, String name, String type) {
        var call = new Call(Opcode.INVOKEVIRTUAL, owner, name, MethodTypeDesc.ofDescriptor(type), false);
        return Treatments.of(call, new KnownClasses(_ -> null));
    }

    private static Treatment ofStatic(String owner, String name, String type) {
        var call = new Call(Opcode.INVOKESTATIC, owner, name, MethodTypeDesc.ofDescriptor(type), false);
        return Treatments.of(call, new KnownClasses(_ -> null));
    }

    /** No compiler takes it without a warning, so that there is no program with it here. */
    @Test
    void unsafe_hasPointsAroundItsCalls() {
        assertThat(of("sun/misc/Unsafe", "getIntVolatile", "(Ljava/lang/Object;J)I"))
                .isEqualTo(new Treatment.Before("call", "Unsafe.getIntVolatile", true));
        assertThat(of("sun/misc/Unsafe", "compareAndSwapInt", "(Ljava/lang/Object;JII)Z"))
                .isEqualTo(new Treatment.Before("call", "Unsafe.compareAndSwapInt", true));
    }

    @Test
    void bits_haveAPointBeforeTheirCalls() {
        assertThat(of("java/util/BitSet", "set", "(I)V")).isEqualTo(new Treatment.Before("call", "BitSet.set", false));
    }

    @Test
    void objectsOfOneThread_haveAPointBeforeTheirCalls() {
        assertThat(of("javax/crypto/Mac", "update", "(B)V"))
                .isEqualTo(new Treatment.Before("call", "Mac.update", false));
        assertThat(of("java/text/DecimalFormat", "format", "(J)Ljava/lang/String;"))
                .isEqualTo(new Treatment.Before("call", "DecimalFormat.format", false));
        assertThat(of("java/lang/Appendable", "append", "(C)Ljava/lang/Appendable;"))
                .isEqualTo(new Treatment.Before("call", "Appendable.append", false));
        assertThat(of("java/io/RandomAccessFile", "seek", "(J)V"))
                .isEqualTo(new Treatment.Before("call", "RandomAccessFile.seek", false));
        assertThat(of("java/nio/channels/FileChannel", "position", "()J"))
                .isEqualTo(new Treatment.Before("call", "FileChannel.position", false));
        assertThat(of("java/util/zip/CRC32", "update", "(I)V"))
                .isEqualTo(new Treatment.Before("call", "CRC32.update", false));
    }

    @Test
    void stateOfTheJvm_hasAPointBeforeItsCalls() {
        assertThat(ofStatic("java/util/TimeZone", "setDefault", "(Ljava/util/TimeZone;)V"))
                .isEqualTo(new Treatment.Before("call", "TimeZone.setDefault", false));
        assertThat(ofStatic("java/lang/System", "clearProperty", "(Ljava/lang/String;)Ljava/lang/String;"))
                .isEqualTo(new Treatment.Before("call", "System.clearProperty", false));
        assertThat(ofStatic("java/lang/System", "lineSeparator", "()Ljava/lang/String;"))
                .isEqualTo(Treatment.NOTHING);
    }

    @Test
    void views_haveNoPoint() {
        assertThat(ofStatic("java/util/Arrays", "asList", "([Ljava/lang/Object;)Ljava/util/List;"))
                .isEqualTo(Treatment.NOTHING);
        assertThat(ofStatic("java/util/Collections", "unmodifiableMap", "(Ljava/util/Map;)Ljava/util/Map;"))
                .isEqualTo(Treatment.NOTHING);
    }

    @Test
    void printing_hasNoPoint() {
        assertThat(of("java/io/PrintStream", "println", "(Ljava/lang/String;)V"))
                .isEqualTo(Treatment.NOTHING);
    }
}
