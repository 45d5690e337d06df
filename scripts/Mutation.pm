#!/usr/bin/perl
# The one-token changes of a C file, for scripts/mutants.
package Mutation;

use strict;
use warnings;

my %relation = (
	'<' => [ '<=', '>=' ], '<=' => [ '<', '>' ],
	'>' => [ '>=', '<=' ], '>=' => [ '>', '<' ],
	'==' => ['!='], '!=' => ['=='],
);
# binary operators stand between spaces
my %operator = (
	'+' => '-', '-' => '+', '*' => '/', '/' => '*', '%' => '*',
	'<<' => '>>', '>>' => '<<', '&' => '|', '|' => '&',
	'&&' => '||', '||' => '&&',
	'+=' => '-=', '-=' => '+=', '|=' => '=', '&=' => '=',
);
# one in so many of the entries of tables is a candidate: they are many and alike
use constant TABLE_STEP => 8;

my $token = qr{
	(?<comment> /\*.*?\*/ ) |
	(?<string> "(?:\\.|[^"\\])*" ) |
	(?<char> '(?:\\.|[^'\\])+' ) |
	(?<number> \b(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*\b ) |
	(?<word> [A-Za-z_]\w* ) |
	(?<sign> <<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\.\.\.|[^\s\w] )
}xs;

# The tokens of a text: { kind, text, at, line, depth of parentheses }.
sub tokens
{
	my ($text) = @_;
	my @tokens;
	my ($line, $last) = (1, 0);
	while ($text =~ /$token/g)
	{
		my ($kind) = keys %+;
		my $found = $+{$kind};
		my $at = $-[0];
		$line += (substr($text, $last, $at - $last) =~ tr/\n//);
		$last = $at;
		push @tokens, { kind => $kind, text => $found, at => $at, line => $line }
			unless $kind eq 'comment';
	}
	return @tokens;
}

# Where each token stands: {function}, {table} inside an initializer at file
# level, {skip} where it is preprocessor text, a declaration of size or the
# like, and {pair} of brackets.
sub place_tokens
{
	my ($lines, @tokens) = @_;
	my (@open, $function, $preprocessor);
	my $braces = 0;
	for my $i (0 .. $#tokens)
	{
		my $t = $tokens[$i];
		my $first = $i == 0 || $tokens[ $i - 1 ]{line} != $t->{line};
		my $line = $lines->[ $t->{line} - 1 ];
		if ($first)
		{
			my $continued = $t->{line} > 1 && $lines->[ $t->{line} - 2 ] =~ /\\$/;
			$preprocessor = $line =~ /^\s*#\s*(\w+)/ ? $1 : $continued ? $preprocessor : '';
			$function = $1 if $braces == 0 && $line =~ /^(\w+)\(/;
			$function = '' if $braces == 0 && $line =~ /^(static )?(const |struct |enum|typedef)/;
		}
		$t->{function} = $function // '';
		$t->{table} = $braces > 0 && !$t->{function} && !$preprocessor;
		$t->{skip} = $preprocessor && $preprocessor ne 'define'
			|| $preprocessor && $line !~ /^\s*#\s*define\s+\w+(\s|\()/ && $preprocessor ne 'define'
			|| $braces == 0 && !$preprocessor
			|| $line =~ /^\s*(static |const |unsigned |struct )*\w+\s+\*?\w+\[[^\]]*\]( = \{.*)?;?$/ && $line !~ /=/
			|| $line =~ /^(typedef|struct|static const|const|static inline|static|extern)\b/ && $braces == 0;
		$t->{preprocessor} = $preprocessor;
		if ($t->{text} =~ /^[(\[{]$/ && $t->{kind} eq 'sign') { push @open, $i }
		elsif ($t->{text} =~ /^[)\]}]$/ && $t->{kind} eq 'sign' && @open)
		{
			my $from = pop @open;
			($tokens[$from]{pair}, $t->{pair}) = ($i, $from);
		}
		if (!$preprocessor && $t->{kind} eq 'sign')
		{
			$braces++ if $t->{text} eq '{';
			$braces-- if $t->{text} eq '}';
		}
	}
}

# The first and last line of the statement around a line.
sub statement
{
	my ($lines, $line) = @_;
	my ($from, $to) = ($line, $line);
	my $end = qr/[;{}:]\s*(\/\*.*\*\/)?\s*$|^\s*$|^\s*(\/\*|\*)|^\s*else$/;
	$from-- while $from > 1 && $line - $from < 12 && $lines->[ $from - 2 ] !~ $end;
	$to++ while $to < @$lines && $to - $line < 12 && $lines->[ $to - 1 ] !~ $end;
	return [ $from, $to ];
}

# Where the operand left (step -1) or right (1) of token I ends, for && or ||.
sub operand
{
	my ($tokens, $i, $step) = @_;
	my $operator = $tokens->[$i]{text};
	my $k = $i + $step;
	while ($k > 0 && $k < @$tokens)
	{
		my $t = $tokens->[$k];
		if ($t->{kind} eq 'sign' && $t->{text} =~ ($step > 0 ? qr/^[(\[{]$/ : qr/^[)\]}]$/))
		{
			return undef unless defined $t->{pair};
			$k = $t->{pair} + $step;
			next;
		}
		last if $t->{kind} eq 'sign' && $t->{text} =~ /^[()\[\]{};,?:]$/;
		last if $t->{text} eq '||' || $t->{text} eq '&&' && $operator eq '&&';
		last if $t->{text} =~ /^([-+|&*]?=)$/;
		last if $t->{text} eq 'return';
		$k += $step;
	}
	return $k - $step;
}

# All mutants of a file: { file, line, function, key, nth, edit, statement }.
sub mutants
{
	my ($file, $text) = @_;
	my @lines = split /\n/, $text, -1;
	my @tokens = tokens($text);
	place_tokens(\@lines, @tokens);
	my (@found, %seen);
	my $entries = 0;

	# replace the text from one offset to another
	my $add = sub {
		my ($t, $from, $to, $new) = @_;
		my $start = 1 + rindex($text, "\n", $from - 1);
		my $end = index($text, "\n", $to);
		my $first = $t->{line};
		my $old = squeezed(substr($text, $start, $end - $start));
		my $after = squeezed(substr($text, $start, $from - $start) . $new .
			substr($text, $to, $end - $to));
		my $key = "$file $t->{function}\n- $old\n+ $after\n";
		push @found, {
			file => $file, line => $first, function => $t->{function}, key => $key,
			nth => $seen{$key}++, edit => [ $from, $to, $new ],
			statement => statement(\@lines, $first),
		};
	};
	for my $i (0 .. $#tokens)
	{
		my $t = $tokens[$i];
		next if $lines[ $t->{line} - 1 ] =~ /__builtin_expect/;
		next if $t->{skip} || $t->{preprocessor} && $file =~ /\.h$/;
		next if $t->{preprocessor} && $t->{line} == $tokens[ $i - 1 ]{line}
			&& $tokens[ $i - 1 ]{text} eq 'define';
		next if $t->{table} && $t->{kind} =~ /^(string|number|char)$/ && $entries++ % TABLE_STEP;
		my ($from, $to) = ($t->{at}, $t->{at} + length $t->{text});
		change_token($add, \@tokens, $i, $text, $from, $to);
	}
	add_deletions($add, $text, \@lines, \@tokens);
	return @found;
}

# Whether a number is the size of a variable: room for more changes nothing.
sub is_room
{
	my ($tokens, $i) = @_;
	return $i >= 3 && $i + 2 < @$tokens
		&& $tokens->[ $i - 1 ]{text} eq '[' && $tokens->[ $i + 1 ]{text} eq ']'
		&& $tokens->[ $i + 2 ]{text} =~ /^[=;,]$/
		&& $tokens->[ $i - 2 ]{kind} eq 'word'
		&& ($tokens->[ $i - 3 ]{kind} eq 'word' || $tokens->[ $i - 3 ]{text} eq '*')
		&& $tokens->[ $i - 3 ]{text} !~ /^(return|case|else)$/;
}

sub change_token
{
	my ($add, $tokens, $i, $text, $from, $to) = @_;
	my $t = $tokens->[$i];
	my $spaced = substr($text, $from - 1, 1) =~ /\s/ && substr($text, $to, 1) =~ /\s/;
	my $put = sub { $add->($t, $from, $to, $_[0]) };
	if ($t->{kind} eq 'number')
	{
		no warnings 'portable';
		my ($number, $suffix) = $t->{text} =~ /^(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)$/;
		my $value = $number =~ /^0[xX]/ ? hex $number : $number;
		my $format = $number =~ /^0[xX]/ ? '0x%X' : '%u';
		$put->(sprintf($format, $value + 1) . $suffix)
			if $value < 0xFFFFFFFF && !is_room($tokens, $i);
		$put->(sprintf($format, $value - 1) . $suffix) if $value > 0;
	}
	elsif ($t->{kind} eq 'char' && $t->{text} =~ /^'([ -%(-Z\]-}])'$/)
	{
		$put->("'" . chr(ord($1) + 1) . "'");
	}
	elsif ($t->{kind} eq 'string' && $t->{text} =~ /^"(.*?)([0-9A-Za-z])([^0-9A-Za-z]*)"$/s
		&& $1 !~ /\\[x0-9]?\w?$/ && $t->{text} !~ / /)
	{
		(my $next = $2) =~ tr/0-9A-Za-z/1-90B-ZAb-za/;
		$put->("\"$1$next$3\"");
	}
	elsif ($t->{kind} eq 'word' && $t->{text} =~ /^(true|false)$/)
	{
		$put->($1 eq 'true' ? 'false' : 'true');
	}
	elsif ($t->{kind} eq 'word' && $t->{text} =~ /^(if|while)$/ && $t->{function}
		&& $tokens->[ $i + 1 ]{text} eq '(' && defined $tokens->[ $i + 1 ]{pair})
	{
		my $open = $tokens->[ $i + 1 ];
		my $close = $tokens->[ $open->{pair} ];
		$add->($t, $open->{at} + 1, $close->{at}, $_) for $1 eq 'if' ? (1, 0) : (0);
	}
	elsif ($t->{kind} eq 'sign' && $spaced && $relation{ $t->{text} })
	{
		$put->($_) for @{ $relation{ $t->{text} } };
	}
	elsif ($t->{kind} eq 'sign' && $t->{text} eq '!')
	{
		$put->('');
	}
	elsif ($t->{kind} eq 'sign' && ($t->{text} eq '++' || $t->{text} eq '--'))
	{
		$put->($t->{text} eq '++' ? '--' : '++');
	}
	elsif ($t->{kind} eq 'sign' && $spaced && $operator{ $t->{text} })
	{
		$put->($operator{ $t->{text} });
		return unless $t->{text} =~ /^(&&|\|\|)$/;
		my $left = operand($tokens, $i, -1);
		my $right = operand($tokens, $i, 1);
		$add->($t, $tokens->[$left]{at}, $tokens->[ $i + 1 ]{at}, '') if defined $left;
		$add->($t, $tokens->[ $i - 1 ]{at} + length $tokens->[ $i - 1 ]{text},
			$tokens->[$right]{at} + length $tokens->[$right]{text}, '') if defined $right;
	}
}

# Statements of one line, without which a function still compiles.
sub add_deletions
{
	my ($add, $text, $lines, $tokens) = @_;
	my $at = 0;
	my %first;
	for (reverse @$tokens) { $first{ $_->{line} } = $_ }
	for my $k (0 .. $#$lines)
	{
		my $line = $lines->[$k];
		my $t = $first{ $k + 1 };
		my ($indent) = $line =~ /^(\s*)/;
		if ($t && $t->{function} && !$t->{preprocessor}
			&& $line =~ /^\s+((?!return|goto)[\w*(][^\s]*( [-+|&^]?= .*|\(.*\)|\+\+|--)|break|continue);$/
			&& $k > 0 && $lines->[ $k - 1 ] =~ /[;{})]\s*$|^\s*else$|^\s*$|\*\/\s*$|:$/
			&& ($line =~ tr/(//) == ($line =~ tr/)//))
		{
			$add->($t, $at + length $indent, $at + length $line, ';');
		}
		$at += 1 + length $line;
	}
}

sub squeezed
{
	my ($line) = @_;
	$line =~ s/\s+/ /g;
	$line =~ s/^ | $//g;
	return $line;
}

# The text of a file with a mutant's change in it
sub changed
{
	my ($mutant, $text) = @_;
	my ($from, $to, $new) = @{ $mutant->{edit} };
	return substr($text, 0, $from) . $new . substr($text, $to);
}

# A mutant as it is printed and, without its line number, listed.
sub shown
{
	my ($mutant) = @_;
	(my $shown = $mutant->{key}) =~ s/ /:$mutant->{line} /;
	return $shown;
}

# The keys of a list of mutants: each is three lines and a reason after "=".
sub listed
{
	my ($text) = @_;
	my @keys;
	while ($text =~ /^(src\S+ \w*)\n(- .*)\n(\+.*)\n= \S.*/mg)
	{
		push @keys, "$1\n$2\n$3\n";
	}
	return @keys;
}

1;
