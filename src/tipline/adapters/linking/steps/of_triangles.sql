-- What belongs together because of triangles.
SELECT one AS a, two AS b FROM triangle UNION SELECT one AS a, three AS b FROM triangle
