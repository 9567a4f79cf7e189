import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * Gives libraries' classes a form that the virtual machine keeps ready-made from start to start:
 * java scripts/KeptClasses.java JAR. It keeps none from before Java 6, so that each start would load
 * and verify the whole command line's anew. The code stays what it is; what is added are the stack
 * maps (JVM specification, 4.7.4) that later versions are verified by. A jar without such classes
 * stays as it is.
 */
final class KeptClasses {
  private static final int FIRST_KEPT = ClassFile.JAVA_6_VERSION;
  private static final int NEW = ClassFile.JAVA_8_VERSION;

  private final ClassFile classes;

  private KeptClasses(ClassLoader loader) {
    classes =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
  }

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path newer = jar.resolveSibling(jar.getFileName() + "." + ProcessHandle.current().pid());
    boolean any;
    try (JarFile from = new JarFile(jar.toFile());
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        JarOutputStream to =
            new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(newer)))) {
      any = new KeptClasses(loader).copy(from, to);
    } catch (IOException | RuntimeException failure) {
      Files.deleteIfExists(newer);
      throw failure;
    }
    if (any) {
      // Two that do this at once leave the same file, time included: either's cache fits it.
      Files.setLastModifiedTime(newer, Files.getLastModifiedTime(jar));
      Files.move(newer, jar, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.delete(newer);
    }
  }

  /** Answers whether any class was too old. */
  private boolean copy(JarFile from, JarOutputStream to) throws IOException {
    boolean any = false;
    for (ZipEntry entry : Collections.list(from.entries())) {
      byte[] content = from.getInputStream(entry).readAllBytes();
      boolean old = entry.getName().endsWith(".class") && major(content) < FIRST_KEPT;
      any |= old;
      ZipEntry copy = new ZipEntry(entry.getName());
      copy.setTime(entry.getTime());
      to.putNextEntry(copy);
      to.write(old ? raised(classes.parse(content)) : content);
      to.closeEntry();
    }
    return any;
  }

  private static int major(byte[] content) {
    return (content[6] & 0xff) << 8 | content[7] & 0xff;
  }

  private byte[] raised(ClassModel old) {
    return classes.transformClass(
        old,
        ClassTransform.ofStateful(
            () ->
                (made, element) -> {
                  switch (element) {
                    case ClassFileVersion version -> made.withVersion(NEW, 0);
                    // Code that is not taken apart keeps its lack of stack maps.
                    case MethodModel method ->
                        made.transformMethod(
                            method,
                            MethodTransform.transformingCode(
                                (code, instruction) -> code.with(instruction)));
                    default -> made.with(element);
                  }
                }));
  }
}
