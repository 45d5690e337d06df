/*
 * Our types through the JDBC driver: results, parameters and COPY, in text and
 * in binary.
 *
 * A type that the driver does not know is a PGobject with its text; a class
 * that is registered and is a PGBinaryObject travels in binary.
 * Arguments: the URL of the database of test/drivers/sample.sql.
 */
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

public class Jdbc {
	/* What travels in binary: the bytes as they are. */
	public static class Value extends PGobject implements PGBinaryObject {
		byte[] bytes;

		public void setByteValue(byte[] value, int offset) {
			bytes = Arrays.copyOfRange(value, offset, value.length);
		}

		public int lengthInBytes() {
			return bytes == null ? 0 : bytes.length;
		}

		public void toBytes(byte[] target, int offset) {
			System.arraycopy(bytes, 0, target, offset, bytes.length);
		}
	}

	static Connection connection;

	static void check(boolean good, String type, String what) {
		System.out.println((good ? "" : "not ") + "ok - JDBC " + type + ": " + what);
	}

	static long differences(String type) throws SQLException {
		try (PreparedStatement s = connection.prepareStatement("SELECT differences(?)")) {
			s.setString(1, type);
			ResultSet r = s.executeQuery();
			r.next();
			return r.getLong(1);
		}
	}

	/* as PGobject, the driver's own way */
	static void text(String type) throws SQLException {
		boolean same = true;
		List<Object> list = new ArrayList<>();
		try (PreparedStatement s = connection.prepareStatement(
				"SELECT n, v, a, v::text, a::text FROM sample_" + type + " ORDER BY n");
				PreparedStatement insert = connection.prepareStatement("INSERT INTO copy_" + type + " VALUES (?, ?, ?)")) {
			ResultSet r = s.executeQuery();
			while (r.next()) {
				PGobject value = (PGobject) r.getObject(2);
				Array array = r.getArray(3);
				same &= value == null ? r.getString(4) == null
					: value.getType().equals(type) && value.getValue().equals(r.getString(4));
				same &= array == null ? r.getString(5) == null : array.toString().equals(r.getString(5));
				if (value != null)
					list.add(value.getValue());
				insert.setInt(1, r.getInt(1));
				insert.setObject(2, value);
				insert.setArray(3, array);
				insert.execute();
			}
		}
		check(same && list.size() > 0, type, "text results");
		check(differences(type) == 0, type, "text parameters");
		list.add(null);
		try (PreparedStatement s = connection.prepareStatement("SELECT v::text FROM unnest(?) v")) {
			s.setArray(1, connection.createArrayOf(type, list.toArray()));
			ResultSet r = s.executeQuery();
			List<Object> back = new ArrayList<>();
			while (r.next())
				back.add(r.getString(1));
			check(back.equals(list), type, "a list as array");
		}
	}

	/* as a registered class */
	static void binary(String type, String url) throws SQLException {
		int oid;
		try (ResultSet r = connection.createStatement().executeQuery("SELECT '" + type + "'::regtype::oid")) {
			r.next();
			oid = r.getInt(1);
		}
		boolean same = true;
		int values = 0;
		try (Connection other = DriverManager.getConnection(url + "&prepareThreshold=-1&binaryTransferEnable=" + oid)) {
			other.unwrap(PGConnection.class).addDataType(type, Value.class);
			ResultSet r = other.prepareStatement("SELECT n, v, " + type + "_send(v) FROM sample_" + type + " ORDER BY n").executeQuery();
			PreparedStatement insert = other.prepareStatement("INSERT INTO copy_" + type
				+ " SELECT n, ?, a FROM sample_" + type + " WHERE n = ?");
			while (r.next()) {
				Value value = (Value) r.getObject(2);
				same &= value == null ? r.getBytes(3) == null
					: value.bytes != null && Arrays.equals(value.bytes, r.getBytes(3));
				values += value == null ? 0 : 1;
				insert.setObject(1, value);
				insert.setInt(2, r.getInt(1));
				insert.execute();
			}
		}
		check(same && values > 0, type, "binary results are what the send function makes");
		check(differences(type) == 0, type, "binary parameters");
	}

	static void copy(String type) throws Exception {
		for (String format : new String[] {"text", "csv", "binary"}) {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			PGConnection pg = connection.unwrap(PGConnection.class);
			pg.getCopyAPI().copyOut("COPY sample_" + type + " TO STDOUT (FORMAT " + format + ")", out);
			pg.getCopyAPI().copyIn("COPY copy_" + type + " FROM STDIN (FORMAT " + format + ")",
				new ByteArrayInputStream(out.toByteArray()));
			check(differences(type) == 0, type, "COPY both ways, " + format);
		}
	}

	static void refused(String type, String text) throws SQLException {
		PGobject value = new PGobject();
		value.setType(type);
		value.setValue(text);
		try (PreparedStatement s = connection.prepareStatement("SELECT ?")) {
			s.setObject(1, value);
			s.executeQuery();
			check(false, type, "a wrong value is refused");
		} catch (SQLException error) {
			check(error.getSQLState().equals("22P02"), type, "a wrong value is refused with 22P02");
		}
	}

	public static void main(String[] arguments) throws Exception {
		connection = DriverManager.getConnection(arguments[0]);
		int types = 0;
		ResultSet r = connection.createStatement().executeQuery("SELECT name, wrong_text FROM type ORDER BY 1");
		while (r.next()) {
			text(r.getString(1));
			binary(r.getString(1), arguments[0]);
			copy(r.getString(1));
			refused(r.getString(1), r.getString(2));
			types++;
		}
		check(types == 6, "types", "all were tried");
		r = connection.createStatement().executeQuery(
			"SELECT h.v, r.v, c.v FROM sample_cccd_health h, sample_cccd_rule r, sample_cccd_context c"
			+ " WHERE h.n = 3 AND r.n = 5 AND c.n = 3");
		r.next();
		PreparedStatement question = connection.prepareStatement("SELECT cccd_eligible(?, ?, '2021-11-16 19:00+07', ?)");
		for (int column = 1; column <= 3; column++)
			question.setObject(column, r.getObject(column));
		ResultSet answer = question.executeQuery();
		answer.next();
		check(answer.getBoolean(1), "question", "parameters of three types");
		connection.close();
	}
}
