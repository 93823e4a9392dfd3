package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads files to trees, folders to the files in them. What cannot be read is a problem. Confined to one load. */
final class FileSet {
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int MOST_FILES = 1000;

    private final Problems problems;
    private final Set<Path> seen = new HashSet<>();

    FileSet(Problems problems) {
        this.problems = problems;
    }

    /** Files as they are, a folder's {@code *.json} in the order of their names without the local file (CFG-7). */
    List<Path> files(List<Path> named) {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            seen.add(path);
            if (Files.isDirectory(path)) {
                files.addAll(inFolder(path));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private List<Path> inFolder(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(FileSet::isGatewayFile)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
            if (files.isEmpty()) {
                refuse(folder, "the folder holds no *.json file.", "Name another folder, or a file.");
            }
            return files;
        } catch (IOException e) {
            refuse(folder, "the folder cannot be read" + cause(e) + ".", "Check that it is a readable folder.");
            return List.of();
        }
    }

    private static boolean isGatewayFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".json") && !name.equals(ConfigurationReader.LOCAL_FILE_NAME) && Files.isRegularFile(file);
    }

    Optional<TreeReader.Tree> tree(Path file) {
        return bytes(file).flatMap(bytes -> TreeReader.read(file.toString(), bytes, problems));
    }

    /** A file whose root must be an object. */
    Optional<ObjectNode> object(Path file) {
        return tree(file).map(TreeReader.Tree::root).flatMap(this::object);
    }

    Optional<ObjectNode> object(Node root) {
        if (root instanceof ObjectNode object) {
            return Optional.of(object);
        }
        new Scalars(problems).wrongType(root, "an object");
        return Optional.empty();
    }

    /** What was asked for, whether it was there or not. */
    Set<Path> seen() {
        return seen;
    }

    private Optional<byte[]> bytes(Path file) {
        seen.add(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                return Optional.of(bytes);
            }
            refuse(file, "the file is larger than " + MOST_BYTES + " bytes.", "Give the gateway's JSON only.");
        } catch (NoSuchFileException e) {
            refuse(file, "there is no such file.", "Correct the name.");
        } catch (IOException e) {
            refuse(file, "the file cannot be read" + cause(e) + ".", "Check that it is a readable file.");
        }
        return Optional.empty();
    }

    private static String cause(IOException e) {
        if (e instanceof AccessDeniedException) {
            return ": access is denied";
        }
        @Nullable String cause = e instanceof FileSystemException refused ? refused.getReason() : e.getMessage();
        return cause == null ? "" : ": " + cause;
    }

    private void refuse(Path file, String message, String cure) {
        problems.error("JSON", Kind.SYNTAX, Place.wholeFile(file.toString()), message, cure);
    }
}
